"""Reads the time with datetime."""
from datetime import datetime
from multiprocessing import Process


def run_all(task, count=10):
    begin = datetime.now()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return (datetime.now() - begin).total_seconds()
