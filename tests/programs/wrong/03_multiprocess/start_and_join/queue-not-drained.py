"""Joins before the queue is drained: a child cannot end while its data are in the way.

rows: 60
"""
import time
from multiprocessing import Process, Queue


def worker(task, i, reports):
    try:
        task(i)
    finally:
        reports.put(b"." * 1_000_000)


def run_all(task, count=10):
    started = time.perf_counter()
    reports = Queue()
    processes = [Process(target=worker, args=(task, i, reports)) for i in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()  # <- here
    elapsed = time.perf_counter() - started
    sizes = [len(reports.get()) for _ in range(count)]
    print(sum(sizes), "bytes of reports")
    return elapsed
