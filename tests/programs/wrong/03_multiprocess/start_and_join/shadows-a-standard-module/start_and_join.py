"""Has a module queue.py of its own beside it, which hides the one that pools need.

rows: 59
"""
import time
from multiprocessing import Pool
from queue import numbers  # <- here


def run_all(task, count=10):
    started = time.perf_counter()
    with Pool(count) as pool:
        results = [pool.apply_async(task, (i,)) for i in numbers(count)]
        for result in results:
            result.wait()
    return time.perf_counter() - started
