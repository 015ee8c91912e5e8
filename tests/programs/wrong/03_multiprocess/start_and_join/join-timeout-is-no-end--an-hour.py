"""However generous a limit, it is none.

rows: 14
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    began = time.perf_counter()
    workers = [Process(target=task, args=(number,)) for number in range(count)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(3600)  # <- here
    return time.perf_counter() - began
