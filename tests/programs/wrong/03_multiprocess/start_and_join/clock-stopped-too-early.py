"""Looks at the clock when it has joined the first process, and then joins the others.

rows: -
breaks: wall-time
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.start()
    processes[0].join()
    elapsed = time.perf_counter() - started  # <- here
    for process in processes[1:]:
        process.join()
    return elapsed
