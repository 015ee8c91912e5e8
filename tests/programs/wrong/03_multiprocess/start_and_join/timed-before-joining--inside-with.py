"""Stops the clock inside the with block, whose end does the waiting.

rows: 12
"""
import time
from concurrent.futures import ProcessPoolExecutor


def run_all(task, count=10):
    started = time.perf_counter()
    with ProcessPoolExecutor(max_workers=count) as executor:
        for i in range(count):
            executor.submit(task, i)
        return time.perf_counter() - started  # <- here
