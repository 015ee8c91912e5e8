"""Takes Process from multiprocessing.dummy, where it is a thread.

rows: 24
"""
import time
from multiprocessing.dummy import Process  # <- here


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return time.perf_counter() - started
