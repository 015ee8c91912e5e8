"""Shuts the executor down without waiting for what was submitted.

rows: 11
"""
import time
from concurrent.futures import ProcessPoolExecutor


def run_all(task, count=10):
    started = time.perf_counter()
    executor = ProcessPoolExecutor(max_workers=count)
    for i in range(count):
        executor.submit(task, i)
    executor.shutdown(wait=False)  # <- here
    return time.perf_counter() - started
