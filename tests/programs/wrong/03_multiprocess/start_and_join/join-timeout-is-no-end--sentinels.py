"""Waits on the sentinels once and with a time limit, and takes that for the end of all.

rows: 14
"""
import time
from multiprocessing import Process, connection


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.start()
    connection.wait([process.sentinel for process in processes], timeout=1)  # <- here
    return time.perf_counter() - started
