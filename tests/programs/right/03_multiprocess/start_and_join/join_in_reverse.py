"""Joins in reverse order: the order of joins does not matter."""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.start()
    for process in reversed(processes):
        process.join()
    return time.perf_counter() - started
