"""Uses apply, which waits for its result, in a loop.

rows: 65
breaks: all-at-once
"""
import time
from multiprocessing import Pool


def run_all(task, count=10):
    started = time.perf_counter()
    with Pool(count) as pool:
        for i in range(count):
            try:
                pool.apply(task, (i,))  # <- here
            except Exception as error:
                print(f"task {i} failed: {error}")
    return time.perf_counter() - started
