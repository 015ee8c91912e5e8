"""Main is to come to the barrier too, but comes only after the joins.

rows: -
"""
import time
from multiprocessing import Barrier, Process


def worker(task, i, barrier):
    task(i)
    barrier.wait()


def run_all(task, count=10):
    started = time.perf_counter()
    barrier = Barrier(count + 1)
    processes = [Process(target=worker, args=(task, i, barrier)) for i in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()  # <- here
    barrier.wait()
    return time.perf_counter() - started
