"""Ends all processes as soon as the first of them is ready.

rows: 18
"""
import time
from multiprocessing import Process
from multiprocessing.connection import wait


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.start()
    wait([process.sentinel for process in processes])
    for process in processes:
        process.terminate()  # <- here
        process.join()
    return time.perf_counter() - started
