"""Creates a single Process and starts it again for each number.

rows: 8
"""
import time
from multiprocessing import Process


class Worker(Process):
    number = 0

    def run(self):
        self.task(self.number)


def run_all(task, count=10):
    started = time.perf_counter()
    worker = Worker()
    worker.task = task
    for i in range(count):
        worker.number = i
        worker.start()  # <- here
    worker.join()
    return time.perf_counter() - started
