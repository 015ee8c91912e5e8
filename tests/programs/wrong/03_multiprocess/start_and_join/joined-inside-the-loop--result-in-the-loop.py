"""Asks each future for its result before the next task is submitted.

rows: 1
"""
import time
from concurrent.futures import ProcessPoolExecutor


def run_all(task, count=10):
    started = time.perf_counter()
    with ProcessPoolExecutor(max_workers=count) as executor:
        for i in range(count):
            future = executor.submit(task, i)
            try:
                future.result()  # <- here
            except Exception as error:
                print(f"task {i} failed: {error}")
    return time.perf_counter() - started
