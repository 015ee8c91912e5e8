"""Tries a task again when its process has failed.

rows: -
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.start()
    for i, process in enumerate(processes):
        process.join()
        if process.exitcode != 0:
            again = Process(target=task, args=(i,))  # <- here
            again.start()
            again.join()
    return time.perf_counter() - started
