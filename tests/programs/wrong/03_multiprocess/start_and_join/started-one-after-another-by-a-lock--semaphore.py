"""A semaphore that lets one child in at a time.

rows: -
"""
import time
from multiprocessing import Process, Semaphore


def worker(task, i, places):
    places.acquire()  # <- here
    try:
        task(i)
    finally:
        places.release()


def run_all(task, count=10):
    started = time.perf_counter()
    places = Semaphore(1)
    processes = []
    for i in range(count):
        process = Process(target=worker, args=(task, i, places))
        process.start()
        processes.append(process)
    for process in processes:
        process.join()
    return time.perf_counter() - started
