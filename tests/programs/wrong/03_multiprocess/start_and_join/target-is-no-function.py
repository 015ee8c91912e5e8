"""Writes the name of the task in quotes.

rows: -
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target="task", args=(i,)) for i in range(count)]  # <- here
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return time.perf_counter() - started
