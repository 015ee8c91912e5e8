"""Expects that all processes have begun as soon as the last start has returned.

rows: 29
"""
import time
from multiprocessing import Process, Value


def worker(task, i, begun):
    with begun.get_lock():
        begun.value += 1
    task(i)


def run_all(task, count=10):
    started = time.perf_counter()
    begun = Value("i", 0)
    processes = [Process(target=worker, args=(task, i, begun)) for i in range(count)]
    for process in processes:
        process.start()
    if begun.value < count:  # <- here
        raise RuntimeError("not all processes are running")
    for process in processes:
        process.join()
    return time.perf_counter() - started
