"""Calls the task and hands what it returned to the pool.

rows: 3
"""
import time
from multiprocessing import Pool


def run_all(task, count=10):
    started = time.perf_counter()
    pool = Pool(count)
    for i in range(count):
        pool.apply_async(task(i))  # <- here
    pool.close()
    pool.join()
    return time.perf_counter() - started
