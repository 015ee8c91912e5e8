"""Takes the executor that works with threads.

rows: 24
"""
import time
from concurrent.futures import ThreadPoolExecutor


def run_all(task, count=10):
    started = time.perf_counter()
    with ThreadPoolExecutor(max_workers=count) as executor:  # <- here
        for i in range(count):
            executor.submit(task, i)
    return time.perf_counter() - started
