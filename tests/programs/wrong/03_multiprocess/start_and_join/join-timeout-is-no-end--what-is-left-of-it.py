"""Waits in small steps, and for a minute and a half in all.

rows: 14
"""
import time
from multiprocessing import Process
from multiprocessing.connection import wait


def run_all(task, count=10):
    began = time.perf_counter()
    workers = [Process(target=task, args=(number,)) for number in range(count)]
    for worker in workers:
        worker.start()
    end = time.monotonic() + 100
    while any(worker.is_alive() for worker in workers) and (left := end - time.monotonic()) > 0:
        wait([worker.sentinel for worker in workers], min(left, 0.1))  # <- here
    return time.perf_counter() - began
