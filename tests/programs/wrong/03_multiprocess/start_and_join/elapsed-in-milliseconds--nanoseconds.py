"""Reads nanoseconds and does not divide.

rows: -
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter_ns()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return time.perf_counter_ns() - started  # <- here
