"""Waits for a report from every child, but a child whose task fails sends none.

rows: 64
"""
import time
from multiprocessing import Process, Queue


def worker(task, i, ended):
    task(i)
    ended.put(i)


def run_all(task, count=10):
    started = time.perf_counter()
    ended = Queue()
    processes = [Process(target=worker, args=(task, i, ended)) for i in range(count)]
    for process in processes:
        process.start()
    for _ in processes:
        ended.get()  # <- here
    for process in processes:
        process.join()
    return time.perf_counter() - started
