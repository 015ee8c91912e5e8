"""Looks from time to time until a minute has gone by.

rows: 14
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    began = time.perf_counter()
    workers = [Process(target=task, args=(number,)) for number in range(count)]
    for worker in workers:
        worker.start()
    end = time.monotonic() + 60
    while any(worker.is_alive() for worker in workers) and time.monotonic() < end:
        time.sleep(0.01)  # <- here
    return time.perf_counter() - began
