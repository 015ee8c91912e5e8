"""Forgets the comma: (i) is a number in brackets, not a tuple.

rows: 5
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = []
    for i in range(count):
        process = Process(target=task, args=(i))  # <- here
        process.start()
        processes.append(process)
    for process in processes:
        process.join()
    return time.perf_counter() - started
