"""Each child times its own task, and the average is returned.

rows: -
breaks: wall-time
"""
import time
from multiprocessing import Process, SimpleQueue


def timed(task, number, queue):
    started = time.perf_counter()
    try:
        task(number)
    finally:
        queue.put(time.perf_counter() - started)


def run_all(task, count=10):
    queue = SimpleQueue()
    processes = [Process(target=timed, args=(task, i, queue)) for i in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return sum(queue.get() for _ in processes) / count  # <- here
