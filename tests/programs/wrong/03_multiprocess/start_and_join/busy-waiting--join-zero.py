"""Joins with a time limit of zero in a loop without a pause.

rows: 27
breaks: waits-asleep
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        while process.is_alive():  # <- here
            process.join(0)
    return time.perf_counter() - started
