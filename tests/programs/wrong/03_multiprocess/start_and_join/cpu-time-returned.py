"""Measures the processor time of main, which is almost nothing while it waits.

rows: -
breaks: wall-time
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.process_time()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return time.process_time() - started  # <- here
