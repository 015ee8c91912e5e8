"""Submits a lambda; the executor must pickle it under every start method, and says nothing.

rows: 49
"""
import time
from concurrent.futures import ProcessPoolExecutor


def run_all(task, count=10):
    started = time.perf_counter()
    with ProcessPoolExecutor(max_workers=count) as executor:
        for i in range(count):
            executor.submit(lambda number=i: task(number))  # <- here
    return time.perf_counter() - started
