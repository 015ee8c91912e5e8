"""Joins first, as if that would book the waiting, and starts afterwards.

rows: 7
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.join()  # <- here
    for process in processes:
        process.start()
    return time.perf_counter() - started
