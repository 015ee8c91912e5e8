"""Calls imap and never takes its results.

rows: 66, 67
"""
import time
from multiprocessing import Pool


def run_all(task, count=10):
    started = time.perf_counter()
    with Pool(count) as pool:
        pool.imap_unordered(task, range(count))  # <- here
    return time.perf_counter() - started
