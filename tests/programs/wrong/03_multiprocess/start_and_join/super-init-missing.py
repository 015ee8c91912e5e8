"""The subclass does not call the __init__ of Process.

rows: 21
"""
import time
from multiprocessing import Process


class Worker(Process):
    def __init__(self, task, number):  # <- here
        self.task = task
        self.number = number

    def run(self):
        self.task(self.number)


def run_all(task, count=10):
    started = time.perf_counter()
    workers = [Worker(task, i) for i in range(count)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return time.perf_counter() - started
