"""Swaps the two lines: join, then start.

rows: 7
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = []
    for i in range(count):
        process = Process(target=task, args=(i,))
        processes.append(process)
        process.join()  # <- here
        process.start()
    return time.perf_counter() - started
