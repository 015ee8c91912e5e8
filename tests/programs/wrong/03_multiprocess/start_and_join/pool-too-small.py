"""The pool has four workers, however many tasks there are.

rows: -
breaks: all-at-once
"""
import time
from multiprocessing import Pool


def run_all(task, count=10):
    started = time.perf_counter()
    with Pool(4) as pool:  # <- here
        results = [pool.apply_async(task, (i,)) for i in range(count)]
        for result in results:
            result.wait()
    return time.perf_counter() - started
