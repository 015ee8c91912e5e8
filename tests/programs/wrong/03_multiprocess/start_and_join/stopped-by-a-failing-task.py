"""A pool hands the error of a task on, and it leaves run_all.

rows: 16
breaks: failure-stops-not-run-all
"""
import time
from multiprocessing import Pool


def run_all(task, count=10):
    started = time.perf_counter()
    with Pool(count) as pool:
        pool.map(task, range(count))  # <- here
    return time.perf_counter() - started
