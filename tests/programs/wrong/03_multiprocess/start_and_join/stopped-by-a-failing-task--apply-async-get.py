"""Gets the results of a pool one by one; the first error ends the others with the pool.

rows: 16
"""
import time
from multiprocessing import Pool


def run_all(task, count=10):
    started = time.perf_counter()
    with Pool(count) as pool:
        results = [pool.apply_async(task, (i,)) for i in range(count)]
        for result in results:
            result.get()  # <- here
    return time.perf_counter() - started
