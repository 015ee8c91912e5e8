"""The children count in a class attribute; main waits for a count that never comes.

rows: 38, 46
"""
import time
from multiprocessing import Process


class Worker(Process):
    ended = 0

    def __init__(self, task, number):
        super().__init__()
        self.task = task
        self.number = number

    def run(self):
        try:
            self.task(self.number)
        finally:
            Worker.ended += 1


def run_all(task, count=10):
    started = time.perf_counter()
    workers = [Worker(task, i) for i in range(count)]
    for worker in workers:
        worker.start()
    while Worker.ended < count:  # <- here
        time.sleep(0.01)
    for worker in workers:
        worker.join()
    return time.perf_counter() - started
