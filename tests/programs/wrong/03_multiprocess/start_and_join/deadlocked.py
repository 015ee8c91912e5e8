"""Main waits for an event that nobody sets.

rows: -
"""
import time
from multiprocessing import Event, Process


def worker(task, i, all_done):
    task(i)


def run_all(task, count=10):
    started = time.perf_counter()
    all_done = Event()
    processes = [Process(target=worker, args=(task, i, all_done)) for i in range(count)]
    for process in processes:
        process.start()
    all_done.wait()  # <- here
    for process in processes:
        process.join()
    return time.perf_counter() - started
