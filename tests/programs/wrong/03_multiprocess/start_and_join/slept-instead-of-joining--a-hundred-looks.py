"""Looks a hundred times, and then no more.

rows: 14
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    began = time.perf_counter()
    workers = [Process(target=task, args=(number,)) for number in range(count)]
    for worker in workers:
        worker.start()
    for attempt in range(100):
        if not any(worker.is_alive() for worker in workers):
            break
        time.sleep(0.1)  # <- here
    return time.perf_counter() - began
