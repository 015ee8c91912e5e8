"""Ends the pool with terminate rather than close.

rows: 66
"""
import time
from multiprocessing import Pool


def run_all(task, count=10):
    started = time.perf_counter()
    pool = Pool(count)
    for i in range(count):
        pool.apply_async(task, (i,))
    pool.terminate()  # <- here
    pool.join()
    return time.perf_counter() - started
