"""Creates the processes and joins them, but never starts one.

rows: 10
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = []
    for i in range(count):
        processes.append(Process(target=task, args=(i,)))  # <- here
    for process in processes:
        process.join()
    return time.perf_counter() - started
