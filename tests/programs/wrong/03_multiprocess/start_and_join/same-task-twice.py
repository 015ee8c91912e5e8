"""Starts a second process for each number, as a reserve.

rows: -
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = []
    for i in range(count):
        processes.append(Process(target=task, args=(i,)))
        processes.append(Process(target=task, args=(i,)))  # <- here
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return time.perf_counter() - started
