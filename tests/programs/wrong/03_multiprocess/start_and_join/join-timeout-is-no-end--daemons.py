"""Joins daemons, each with a limit.

rows: -
breaks: returns-last
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=task, args=(i,), daemon=True) for i in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(2)  # <- here
    return time.perf_counter() - started
