"""Starts four at most, for fear of too many; the others never run.

rows: -
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=task, args=(i,)) for i in range(min(count, 4))]
    for process in processes:
        process.start()
    for process in processes:
        process.join()  # <- here
    return time.perf_counter() - started
