"""Calls the task and submits what it returned.

rows: 3
"""
import time
from concurrent.futures import ProcessPoolExecutor


def run_all(task, count=10):
    started = time.perf_counter()
    with ProcessPoolExecutor(max_workers=count) as executor:
        for i in range(count):
            executor.submit(task(i))  # <- here
    return time.perf_counter() - started
