"""Reads the time with time.time."""
import time
from multiprocessing import Process


def run_all(task, count=10):
    start_time = time.time()
    jobs = []
    for i in range(count):
        p = Process(target=task, args=(i,))
        jobs.append(p)
        p.start()
    for p in jobs:
        p.join()
    end_time = time.time()
    return end_time - start_time
