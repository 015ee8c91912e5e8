"""A single child calls all the tasks.

rows: -
"""
import time
from multiprocessing import Process


def worker(task, count):
    for i in range(count):
        try:
            task(i)
        except Exception as error:
            print(f"task {i} failed: {error}")


def run_all(task, count=10):
    started = time.perf_counter()
    process = Process(target=worker, args=(task, count))  # <- here
    process.start()
    process.join()
    return time.perf_counter() - started
