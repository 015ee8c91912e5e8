"""Has a module random.py of its own beside it, which hides the one that tempfile needs.

rows: 59
"""
import time
from multiprocessing import Process, Queue
from random import shuffled  # <- here


def worker(task, i, ended):
    try:
        task(i)
    finally:
        ended.put(i)


def run_all(task, count=10):
    started = time.perf_counter()
    ended = Queue()
    processes = [Process(target=worker, args=(task, i, ended)) for i in shuffled(count)]
    for process in processes:
        process.start()
    for _ in processes:
        ended.get()
    for process in processes:
        process.join()
    return time.perf_counter() - started
