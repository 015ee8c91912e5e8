"""Joins with a time limit and takes the return of join for the end of the process.

rows: 14
breaks: returns-last
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(0.1)  # <- here
    return time.perf_counter() - started
