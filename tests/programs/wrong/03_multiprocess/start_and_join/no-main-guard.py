"""Tries run_all out at the bottom of the module, without a guard.

rows: 48
breaks: import-starts-nothing
"""
import time
from multiprocessing import Process


def nap(i):
    time.sleep(0.1)


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return time.perf_counter() - started


print(run_all(nap, 2))  # <- here
