"""Starts each process when it is created and again in a second loop.

rows: 8
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
        process.start()  # <- here
    for process in processes:
        process.join()
    return time.perf_counter() - started
