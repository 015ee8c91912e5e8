"""Starts the processes and returns without waiting for them.

rows: 11, 33
breaks: returns-last
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    for i in range(count):
        process = Process(target=task, args=(i,))
        process.start()  # <- here
    return time.perf_counter() - started
