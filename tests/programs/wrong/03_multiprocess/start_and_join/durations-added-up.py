"""Adds up what each process took, although they ran side by side.

rows: -
breaks: wall-time
"""
import time
from multiprocessing import Process, Queue


def worker(task, i, durations):
    started = time.perf_counter()
    try:
        task(i)
    finally:
        durations.put(time.perf_counter() - started)


def run_all(task, count=10):
    durations = Queue()
    processes = [Process(target=worker, args=(task, i, durations)) for i in range(count)]
    for process in processes:
        process.start()
    total = sum(durations.get() for _ in processes)  # <- here
    for process in processes:
        process.join()
    return total
