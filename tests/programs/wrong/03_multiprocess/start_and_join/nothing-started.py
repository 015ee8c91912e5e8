"""Comes back at once: the loop stands behind the return.

rows: -
"""
import time
from multiprocessing import Process


def run_all(task, count=10):  # <- here
    started = time.perf_counter()
    return time.perf_counter() - started
    for i in range(count):
        Process(target=task, args=(i,)).start()
