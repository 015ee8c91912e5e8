"""Starts and joins by mapping the methods over the list."""
import multiprocessing
import time


def run_all(task, count=10):
    t0 = time.perf_counter()
    workers = [multiprocessing.Process(target=task, args=[i]) for i in range(count)]
    list(map(multiprocessing.Process.start, workers))
    list(map(multiprocessing.Process.join, workers))
    return time.perf_counter() - t0
