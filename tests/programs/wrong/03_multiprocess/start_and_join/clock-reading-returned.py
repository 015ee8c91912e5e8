"""Returns the time of day at the end, not the difference.

rows: -
breaks: wall-time
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return time.time()  # <- here
