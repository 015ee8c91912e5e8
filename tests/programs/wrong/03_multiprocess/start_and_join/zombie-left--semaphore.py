"""Counts the ends with a semaphore and never joins.

rows: 34
breaks: leaves-nothing
fails under: fork, spawn
"""
import time
from multiprocessing import Process, Semaphore


def worker(task, i, ended):
    try:
        task(i)
    finally:
        ended.release()


def run_all(task, count=10):
    started = time.perf_counter()
    ended = Semaphore(0)
    processes = [Process(target=worker, args=(task, i, ended)) for i in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        ended.acquire()  # <- here
    return time.perf_counter() - started
