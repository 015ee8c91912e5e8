"""Calls the task while creating the process; the process gets what it returned.

rows: 3
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = []
    for i in range(count):
        process = Process(target=task(i))  # <- here
        process.start()
        processes.append(process)
    for process in processes:
        process.join()
    return time.perf_counter() - started
