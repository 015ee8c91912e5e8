"""Looks at the clock for the first time when all processes have been started.

rows: 34
breaks: wall-time
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.start()
    started = time.perf_counter()  # <- here
    for process in processes:
        process.join()
    return time.perf_counter() - started
