"""Right, but every process ends by os._exit in its exit handler (attack 3): nothing is gained or lost by it."""
import atexit
import os
import time
from multiprocessing import Process

atexit.register(os._exit, 0)


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for p in processes:
        p.start()
    for p in processes:
        p.join()
    return time.perf_counter() - started
