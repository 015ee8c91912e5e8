"""Calls run instead of start and joins afterwards.

rows: 2
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.run()  # <- here
    for process in processes:
        process.join()
    return time.perf_counter() - started
