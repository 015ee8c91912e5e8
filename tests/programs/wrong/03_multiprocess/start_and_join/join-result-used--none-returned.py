"""Returns what the last join gave, which is None.

rows: 15
"""
import time
from multiprocessing import Process


def timed(task, i):
    started = time.perf_counter()
    task(i)
    return time.perf_counter() - started


def run_all(task, count=10):
    processes = [Process(target=timed, args=(task, i)) for i in range(count)]
    for process in processes:
        process.start()
    elapsed = 0.0
    for process in processes:
        elapsed = process.join()  # <- here
    return elapsed
