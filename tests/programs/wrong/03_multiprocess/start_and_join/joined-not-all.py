"""Joins the first and the last, and takes those in between for done.

rows: -
breaks: returns-last
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.start()
    for process in {processes[0], processes[-1]}:
        process.join()  # <- here
    return time.perf_counter() - started
