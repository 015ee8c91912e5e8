"""Calls the count by another name.

rows: -
breaks: as-in-its-signature
"""
import time
from multiprocessing import Process


def run_all(task, number_of_processes=10):  # <- here
    started = time.perf_counter()
    processes = [Process(target=task, args=(i,)) for i in range(number_of_processes)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return time.perf_counter() - started
