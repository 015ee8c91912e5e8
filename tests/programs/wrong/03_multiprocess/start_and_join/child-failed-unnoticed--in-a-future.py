"""A slip in the submitted function; the future keeps the error and nobody asks it.

rows: 16, 68
"""
import time
from concurrent.futures import ProcessPoolExecutor


def worker(task, i):
    label = "process " + i  # <- here
    print(label, "starts")
    task(i)


def run_all(task, count=10):
    started = time.perf_counter()
    with ProcessPoolExecutor(max_workers=count) as executor:
        for i in range(count):
            executor.submit(worker, task, i)
    return time.perf_counter() - started
