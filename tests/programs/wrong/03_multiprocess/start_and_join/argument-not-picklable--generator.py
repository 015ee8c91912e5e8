"""Hands each child its share of the numbers as a generator.

rows: 52
fails under: spawn, forkserver
"""
import time
from multiprocessing import Process


def worker(task, numbers):
    for number in numbers:
        task(number)


def run_all(task, count=10):
    started = time.perf_counter()
    processes = []
    for i in range(count):
        share = (number for number in range(i, count, count))
        process = Process(target=worker, args=(task, share))  # <- here
        process.start()
        processes.append(process)
    for process in processes:
        process.join()
    return time.perf_counter() - started
