"""Keeps no list of its own: asks multiprocessing for the children that are left."""
import multiprocessing
import time


def run_all(task, count=10):
    started = time.perf_counter()
    for i in range(count):
        multiprocessing.Process(target=task, args=(i,)).start()
    for process in multiprocessing.active_children():
        process.join()
    return time.perf_counter() - started
