"""Kills the process that started it (attack 42)."""
import os
import signal
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    try:
        os.kill(os.getppid(), signal.SIGKILL)
    except OSError:
        pass
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for p in processes:
        p.start()
    for p in processes:
        p.join()
    return time.perf_counter() - started
