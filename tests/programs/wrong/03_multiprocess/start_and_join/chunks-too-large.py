"""The pool is large enough, but chunks of five keep most of its workers idle.

rows: -
breaks: all-at-once
"""
import time
from multiprocessing import Pool


def attempt(job):
    task, i = job
    try:
        task(i)
    except Exception as error:
        print(f"task {i} failed: {error}")


def run_all(task, count=10):
    started = time.perf_counter()
    with Pool(count) as pool:
        pool.map(attempt, [(task, i) for i in range(count)], chunksize=5)  # <- here
    return time.perf_counter() - started
