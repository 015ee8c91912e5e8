"""Returns the difference of two datetimes, which is not a number.

rows: -
breaks: wall-time
"""
from datetime import datetime
from multiprocessing import Process


def run_all(task, count=10):
    started = datetime.now()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return datetime.now() - started  # <- here
