"""Gets each result of apply_async before the next task is handed over.

rows: 1
"""
import time
from multiprocessing import Pool


def run_all(task, count=10):
    started = time.perf_counter()
    with Pool(count) as pool:
        for i in range(count):
            try:
                pool.apply_async(task, (i,)).get()  # <- here
            except Exception as error:
                print(f"task {i} failed: {error}")
    return time.perf_counter() - started
