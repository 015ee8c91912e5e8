"""Raises an error of its own when a process has failed.

rows: 17
breaks: failure-stops-not-run-all
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    if any(process.exitcode for process in processes):
        raise RuntimeError("a process has failed")  # <- here
    return time.perf_counter() - started
