"""Waits until some process has ended, looks at the clock, and only then joins them all.

rows: -
breaks: wall-time
"""
import time
from multiprocessing import Process
from multiprocessing.connection import wait


def run_all(task, count=10):
    started = time.monotonic()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.start()
    wait([process.sentinel for process in processes])
    ended = time.monotonic()  # <- here
    for process in processes:
        process.join()
    return ended - started
