"""Calls run, which works at once and in main, instead of start.

rows: 2
breaks: separate-processes none-in-main all-at-once
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    for i in range(count):
        process = Process(target=task, args=(i,))
        process.run()  # <- here
    return time.perf_counter() - started
