"""Sends a signal to the group of its parent's parent (attack 42): one that nobody minds, should it get through."""
import os
import signal
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    with open(f"/proc/{os.getppid()}/stat") as file:
        grandparent = int(file.read().rpartition(")")[2].split()[1])
    try:
        os.killpg(os.getpgid(grandparent), signal.SIGURG)
    except OSError:
        pass
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for p in processes:
        p.start()
    for p in processes:
        p.join()
    return time.perf_counter() - started
