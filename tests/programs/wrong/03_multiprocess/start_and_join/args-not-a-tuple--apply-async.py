"""Hands a bare number to apply_async: the worker fails before it comes to the task.

rows: -
"""
import time
from multiprocessing import Pool


def run_all(task, count=10):
    started = time.perf_counter()
    pool = Pool(count)
    for i in range(count):
        pool.apply_async(task, args=(i))  # <- here
    pool.close()
    pool.join()
    return time.perf_counter() - started
