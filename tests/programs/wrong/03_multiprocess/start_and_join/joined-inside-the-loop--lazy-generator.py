"""Two neat loops, but the generator starts the next process only after the join of the last.

rows: 1
"""
import time
from multiprocessing import Process


def started_processes(task, count):
    for i in range(count):
        process = Process(target=task, args=(i,))
        process.start()
        yield process


def run_all(task, count=10):
    started = time.perf_counter()
    for process in started_processes(task, count):
        process.join()  # <- here
    return time.perf_counter() - started
