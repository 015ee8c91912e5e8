"""Makes a text of the number first.

rows: -
breaks: each-number-once
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=task, args=(str(i),)) for i in range(count)]  # <- here
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return time.perf_counter() - started
