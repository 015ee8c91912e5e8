"""Hands over a name for each process, as a keyword, in place of the number.

rows: -
breaks: each-number-once
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=task, kwargs={"name": f"worker-{i}"}) for i in range(count)]  # <- here
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return time.perf_counter() - started
