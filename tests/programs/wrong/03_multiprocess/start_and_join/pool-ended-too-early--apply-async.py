"""Hands all tasks to the pool and leaves the with block without asking for a result.

rows: 66, 68
"""
import time
from multiprocessing import Pool


def run_all(task, count=10):
    started = time.perf_counter()
    with Pool(processes=count) as pool:
        for i in range(count):
            pool.apply_async(task, args=(i,))  # <- here
    return time.perf_counter() - started
