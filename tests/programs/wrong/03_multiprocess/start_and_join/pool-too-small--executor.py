"""The executor has two workers, however many tasks there are.

rows: -
"""
import time
from concurrent.futures import ProcessPoolExecutor


def run_all(task, count=10):
    started = time.perf_counter()
    with ProcessPoolExecutor(max_workers=2) as executor:  # <- here
        for i in range(count):
            executor.submit(task, i)
    return time.perf_counter() - started
