"""A subclass that starts itself is started once more.

rows: 8
"""
import time
from multiprocessing import Process


class Worker(Process):
    def __init__(self, task, number):
        super().__init__(target=task, args=(number,))
        self.start()


def run_all(task, count=10):
    started = time.perf_counter()
    workers = [Worker(task, i) for i in range(count)]
    for worker in workers:
        worker.start()  # <- here
    for worker in workers:
        worker.join()
    return time.perf_counter() - started
