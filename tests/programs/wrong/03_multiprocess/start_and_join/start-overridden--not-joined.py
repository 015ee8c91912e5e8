"""The subclass overrides start; there is then nothing to join, and nothing joins.

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
        try:
            self.task(self.number)
        except Exception as error:
            print(f"task {self.number} failed: {error}")


def run_all(task, count=10):
    started = time.perf_counter()
    workers = [Worker(task, i) for i in range(count)]
    for worker in workers:
        worker.start()
    while any(worker.is_alive() for worker in workers):
        time.sleep(0.01)
    return time.perf_counter() - started
