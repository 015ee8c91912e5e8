"""Counts from one.

rows: -
breaks: each-number-once
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = []
    for i in range(1, count + 1):  # <- here
        process = Process(target=task, args=(i,))
        process.start()
        processes.append(process)
    for process in processes:
        process.join()
    return time.perf_counter() - started
