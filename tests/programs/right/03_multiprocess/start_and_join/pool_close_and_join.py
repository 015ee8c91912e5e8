"""Closes the pool and joins it, which waits for every task."""
import time
from multiprocessing import Pool


def run_all(task, count=10):
    started = time.perf_counter()
    pool = Pool(count)
    pool.map_async(task, range(count), chunksize=1)
    pool.close()
    pool.join()
    return time.perf_counter() - started
