"""Joins the whole list, but one level too deep: after each start.

rows: 1
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = []
    for i in range(count):
        process = Process(target=task, args=(i,))
        processes.append(process)
        process.start()
        for process in processes:
            process.join()  # <- here
    return time.perf_counter() - started
