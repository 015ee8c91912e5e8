"""Joins the process that was started last, as if it had to end last.

rows: 9, 13
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.start()
    processes[-1].join()  # <- here
    return time.perf_counter() - started
