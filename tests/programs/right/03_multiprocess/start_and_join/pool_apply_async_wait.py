"""Hands each task to a pool without waiting, then waits for each result, good or bad."""
import time
from multiprocessing import Pool


def run_all(task, count=10):
    started = time.perf_counter()
    with Pool(count) as pool:
        results = [pool.apply_async(task, (i,)) for i in range(count)]
        for result in results:
            result.wait()
    return time.perf_counter() - started
