"""Waits for the results, and leaves the workers to come to their end by themselves.

rows: 9
breaks: returns-last
"""
import time
from concurrent.futures import ProcessPoolExecutor, wait


def run_all(task, count=10):
    started = time.perf_counter()
    executor = ProcessPoolExecutor(max_workers=count)
    wait([executor.submit(task, number) for number in range(count)])  # <- here
    executor.shutdown(wait=False)
    return time.perf_counter() - started
