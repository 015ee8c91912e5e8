"""Every child holds the same lock while it works, so that only one works at a time.

rows: -
breaks: all-at-once
"""
import time
from multiprocessing import Lock, Process


def worker(task, i, lock):
    with lock:  # <- here
        task(i)


def run_all(task, count=10):
    started = time.perf_counter()
    lock = Lock()
    processes = [Process(target=worker, args=(task, i, lock)) for i in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return time.perf_counter() - started
