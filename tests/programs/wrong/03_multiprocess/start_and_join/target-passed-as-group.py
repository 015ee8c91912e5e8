"""Leaves the word target out, so that the task is taken for the group.

rows: 4
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = []
    for i in range(count):
        process = Process(task, args=(i,))  # <- here
        process.start()
        processes.append(process)
    for process in processes:
        process.join()
    return time.perf_counter() - started
