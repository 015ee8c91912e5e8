"""The subclass does the work in __init__, which runs in main; the child finds nothing to do.

rows: 23
"""
import time
from multiprocessing import Process


class Worker(Process):
    def __init__(self, task, number):
        super().__init__()
        task(number)  # <- here


def run_all(task, count=10):
    started = time.perf_counter()
    workers = [Worker(task, i) for i in range(count)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return time.perf_counter() - started
