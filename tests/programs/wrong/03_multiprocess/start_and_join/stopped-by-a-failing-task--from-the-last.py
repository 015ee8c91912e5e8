"""Joins from the last to the first, and returns at the first failure that it meets.

rows: -
breaks: failure-stops-not-run-all
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.start()
    while processes:
        process = processes.pop()
        process.join()
        if process.exitcode != 0:
            return time.perf_counter() - started  # <- here
    return time.perf_counter() - started
