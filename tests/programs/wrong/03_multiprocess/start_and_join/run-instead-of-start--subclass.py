"""Has a subclass with a good run method, and calls that method itself.

rows: 2
"""
import time
from multiprocessing import Process


class Worker(Process):
    def __init__(self, task, number):
        super().__init__()
        self.task = task
        self.number = number

    def run(self):
        try:
            self.task(self.number)
        except Exception as error:
            print(f"task {self.number} failed: {error}")


def run_all(task, count=10):
    started = time.perf_counter()
    workers = [Worker(task, i) for i in range(count)]
    for worker in workers:
        worker.run()  # <- here
    return time.perf_counter() - started
