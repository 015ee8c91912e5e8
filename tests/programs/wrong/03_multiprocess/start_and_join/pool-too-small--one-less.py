"""The pool has a worker less than there are tasks, because main is thought to help.

rows: -
"""
import time
from multiprocessing import Pool


def run_all(task, count=10):
    started = time.perf_counter()
    pool = Pool(count - 1 or 1)  # <- here
    pool.map_async(task, range(count), chunksize=1)
    pool.close()
    pool.join()
    return time.perf_counter() - started
