"""Sleeps for as long as the tasks will surely take, and joins nothing.

rows: 28
breaks: returns-last
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    for i in range(count):
        process = Process(target=task, args=(i,))
        process.start()
    time.sleep(1.5)  # <- here
    return time.perf_counter() - started
