"""Gives each process a second, one after the other, instead of joining it.

rows: 28
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.time()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        time.sleep(1)  # <- here
    return time.time() - started
