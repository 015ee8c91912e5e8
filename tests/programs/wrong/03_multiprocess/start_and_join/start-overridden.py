"""The subclass overrides start, so that the task runs in main.

rows: 22
"""
import time
from multiprocessing import Process


class Worker(Process):
    def __init__(self, task, number):
        super().__init__()
        self.task = task
        self.number = number

    def start(self):  # <- here
        self.task(self.number)


def run_all(task, count=10):
    started = time.perf_counter()
    workers = [Worker(task, i) for i in range(count)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return time.perf_counter() - started
