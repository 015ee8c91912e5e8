"""Looks once a second, so that the time it returns may be wrong by a second.

rows: 14
breaks: short-pauses
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.start()
    while any(process.is_alive() for process in processes):
        time.sleep(1)  # <- here
    for process in processes:
        process.join()
    return time.perf_counter() - started
