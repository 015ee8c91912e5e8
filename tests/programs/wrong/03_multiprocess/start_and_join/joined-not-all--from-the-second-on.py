"""Joins all but the first.

rows: -
breaks: returns-last
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.start()
    for i in range(1, count):
        processes[i].join()  # <- here
    return time.perf_counter() - started
