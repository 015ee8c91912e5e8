"""Takes the ThreadPool of multiprocessing.

rows: 24
"""
import time
from multiprocessing.pool import ThreadPool


def run_all(task, count=10):
    started = time.perf_counter()
    with ThreadPool(count) as pool:  # <- here
        results = [pool.apply_async(task, (i,)) for i in range(count)]
        for result in results:
            result.wait()
    return time.perf_counter() - started
