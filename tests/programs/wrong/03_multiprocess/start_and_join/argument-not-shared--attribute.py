"""The run method keeps the duration in an attribute, which main does not see.

rows: 39
"""
import time
from multiprocessing import Process


class Worker(Process):
    def __init__(self, task, number):
        super().__init__()
        self.task = task
        self.number = number
        self.elapsed = 0.0

    def run(self):
        started = time.perf_counter()
        self.task(self.number)
        self.elapsed = time.perf_counter() - started


def run_all(task, count=10):
    workers = [Worker(task, i) for i in range(count)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return max(worker.elapsed for worker in workers)  # <- here
