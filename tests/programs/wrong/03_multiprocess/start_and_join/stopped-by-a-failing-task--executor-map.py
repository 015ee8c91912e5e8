"""Goes through the results of map, which raises the error of the task.

rows: 16
"""
import time
from concurrent.futures import ProcessPoolExecutor


def run_all(task, count=10):
    started = time.perf_counter()
    with ProcessPoolExecutor(max_workers=count) as executor:
        list(executor.map(task, range(count)))  # <- here
    return time.perf_counter() - started
