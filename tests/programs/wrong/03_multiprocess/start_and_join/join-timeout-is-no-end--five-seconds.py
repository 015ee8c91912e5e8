"""Joins with a generous time limit, and still does not look whether the process has ended.

rows: 14
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = []
    for i in range(count):
        process = Process(target=task, args=(i,))
        process.start()
        processes.append(process)
    for process in processes:
        process.join(timeout=5)  # <- here
    return time.perf_counter() - started
