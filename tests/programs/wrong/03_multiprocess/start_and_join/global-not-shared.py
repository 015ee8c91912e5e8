"""The children append to a list of the module; the list of main stays empty.

rows: 38
"""
import time
from multiprocessing import Process

durations = []


def worker(task, i):
    started = time.perf_counter()
    task(i)
    durations.append(time.perf_counter() - started)


def run_all(task, count=10):
    processes = [Process(target=worker, args=(task, i)) for i in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return max(durations)  # <- here
