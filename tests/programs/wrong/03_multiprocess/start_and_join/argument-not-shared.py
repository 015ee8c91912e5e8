"""Hands a list to the children; each changes its own copy.

rows: 39
"""
import time
from multiprocessing import Process


def worker(task, i, durations):
    started = time.perf_counter()
    task(i)
    durations.append(time.perf_counter() - started)


def run_all(task, count=10):
    durations = []
    processes = [Process(target=worker, args=(task, i, durations)) for i in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return max(durations)  # <- here
