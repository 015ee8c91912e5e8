"""Waits for each process right after it has been started, inside the loop.

rows: 1
breaks: all-at-once
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    for i in range(count):
        p = Process(target=task, args=(i,))
        p.start()
        p.join()  # <- here
    return time.perf_counter() - started
