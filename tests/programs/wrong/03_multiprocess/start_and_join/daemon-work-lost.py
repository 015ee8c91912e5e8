"""Daemons that are not joined: their work ends with main.

rows: 30
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    for i in range(count):
        process = Process(target=task, args=(i,), daemon=True)  # <- here
        process.start()
    return time.perf_counter() - started
