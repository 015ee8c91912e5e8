"""Keeps what start returned, which is None, instead of the process.

rows: -
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = []
    for i in range(count):
        process = Process(target=task, args=(i,)).start()  # <- here
        processes.append(process)
    for process in processes:
        process.join()
    return time.perf_counter() - started
