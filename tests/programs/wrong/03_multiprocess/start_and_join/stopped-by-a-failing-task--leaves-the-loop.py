"""Waits for nobody any more when a process that it has joined has failed.

rows: -
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
        if process.exitcode:
            print(f"{process.name} has failed, which is bad enough")
            break  # <- here
    return time.perf_counter() - started
