"""Names the method start without calling it.

rows: 10
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.start  # <- here
    for process in processes:
        process.join()
    return time.perf_counter() - started
