"""Takes no count.

rows: -
breaks: as-in-its-signature
"""
import time
from multiprocessing import Process


def run_all(task):  # <- here
    started = time.perf_counter()
    processes = [Process(target=task, args=(i,)) for i in range(10)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return time.perf_counter() - started
