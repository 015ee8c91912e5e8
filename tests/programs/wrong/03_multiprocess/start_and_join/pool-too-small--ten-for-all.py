"""Always has ten workers, also where more tasks are to be done.

rows: -
breaks: all-at-once
"""
import time
from concurrent.futures import ProcessPoolExecutor


def run_all(task, count=10):
    started = time.perf_counter()
    with ProcessPoolExecutor(10) as executor:  # <- here
        for number in range(count):
            executor.submit(task, number)
    return time.perf_counter() - started
