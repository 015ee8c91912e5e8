"""Right, but for a daemon in a session of its own that keeps stdout open (attack 47)."""
import os
import time
from multiprocessing import Process


def daemonise():
    if os.fork():
        return
    os.setsid()
    if os.fork():
        os._exit(0)
    while True:
        time.sleep(1000)


def run_all(task, count=10):
    started = time.perf_counter()
    daemonise()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for p in processes:
        p.start()
    for p in processes:
        p.join()
    os.waitpid(-1, os.WNOHANG)
    return time.perf_counter() - started
