"""Joins the first process, as if the others would end with it.

rows: 13
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.start()
    processes[0].join()  # <- here
    return time.perf_counter() - started
