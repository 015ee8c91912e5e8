"""Stops the clock when all are started, and only then joins.

rows: 12
breaks: wall-time
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.start()
    elapsed = time.perf_counter() - started  # <- here
    for process in processes:
        process.join()
    return elapsed
