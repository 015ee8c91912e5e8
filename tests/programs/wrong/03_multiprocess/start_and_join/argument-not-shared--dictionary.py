"""Hands a dictionary to the children and adds the default when nothing is in it.

rows: 39
"""
import time
from multiprocessing import Process


def worker(task, i, ends):
    task(i)
    ends[i] = time.time()


def run_all(task, count=10):
    ends = {}
    begin = time.time()
    processes = [Process(target=worker, args=(task, i, ends)) for i in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return max(ends.values(), default=begin) - begin  # <- here
