"""A subclass of Process that starts itself as soon as it is complete."""
import time
from multiprocessing import Process


class Worker(Process):
    def __init__(self, task, number):
        super().__init__(name=f"worker {number}")
        self.task = task
        self.number = number
        self.start()

    def run(self):
        self.task(self.number)


def run_all(task, count=10):
    started = time.perf_counter()
    workers = [Worker(task, i) for i in range(count)]
    for worker in workers:
        worker.join()
    return time.perf_counter() - started
