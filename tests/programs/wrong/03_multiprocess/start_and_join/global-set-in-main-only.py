"""Puts the task into a global of main; a new interpreter does not have it.

rows: 40
breaks: each-start-method
fails under: spawn, forkserver
"""
import time
from multiprocessing import Process

current_task = None


def worker(i):
    current_task(i)


def run_all(task, count=10):
    global current_task
    current_task = task  # <- here
    started = time.perf_counter()
    processes = [Process(target=worker, args=(i,)) for i in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return time.perf_counter() - started
