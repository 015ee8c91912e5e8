"""Leaves the with block of the pool, which ends the workers, without having waited.

rows: 66
"""
import time
from multiprocessing import Pool


def run_all(task, count=10):
    started = time.perf_counter()
    with Pool(count) as pool:
        pool.map_async(task, range(count))  # <- here
    return time.perf_counter() - started
