"""Calls the task in run and lets the run of Process call it again.

rows: -
"""
import time
from multiprocessing import Process


class Worker(Process):
    def __init__(self, task, number):
        super().__init__(target=task, args=(number,))
        self.task = task
        self.number = number

    def run(self):
        self.task(self.number)
        super().run()  # <- here


def run_all(task, count=10):
    started = time.perf_counter()
    workers = [Worker(task, i) for i in range(count)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return time.perf_counter() - started
