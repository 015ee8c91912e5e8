"""Unasked, twelve processes are started, in a pool.

rows: -
breaks: as-in-its-signature
"""
import time
from multiprocessing import Pool


def run_all(task, count=12):  # <- here
    started = time.perf_counter()
    with Pool(count) as pool:
        results = [pool.apply_async(task, (i,)) for i in range(count)]
        for result in results:
            result.wait()
        pool.close()
        pool.join()
    return time.perf_counter() - started
