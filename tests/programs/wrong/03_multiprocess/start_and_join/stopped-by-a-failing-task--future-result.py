"""Asks each future for its result, which raises the error of the task.

rows: 16
breaks: failure-stops-not-run-all
"""
import time
from concurrent.futures import ProcessPoolExecutor


def run_all(task, count=10):
    started = time.perf_counter()
    with ProcessPoolExecutor(max_workers=count) as executor:
        futures = [executor.submit(task, i) for i in range(count)]
        for future in futures:
            future.result()  # <- here
    return time.perf_counter() - started
