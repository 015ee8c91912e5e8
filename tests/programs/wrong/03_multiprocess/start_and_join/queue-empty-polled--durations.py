"""Collects durations while the queue is not empty, before any child has put one in.

rows: 61
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
    longest = 0.0
    while not durations.empty():  # <- here
        longest = max(longest, durations.get())
    for process in processes:
        process.join()
    return longest
