"""A helper starts a process and waits for it; the loop calls the helper.

rows: 1
breaks: all-at-once
"""
import time
from multiprocessing import Process


def run_in_process(task, number):
    process = Process(target=task, args=(number,))
    process.start()
    process.join()  # <- here


def run_all(task, count=10):
    started = time.perf_counter()
    for i in range(count):
        run_in_process(task, i)
    return time.perf_counter() - started
