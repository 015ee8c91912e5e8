"""Looks from time to time whether this one has ended, before it starts the next.

rows: 5
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    began = time.perf_counter()
    for number in range(count):
        worker = Process(target=task, args=(number,))
        worker.start()
        while worker.is_alive():
            time.sleep(0.1)  # <- here
    return time.perf_counter() - began
