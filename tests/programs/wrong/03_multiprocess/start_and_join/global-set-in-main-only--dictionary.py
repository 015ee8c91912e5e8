"""Registers the task in a dictionary of the module, in main only.

rows: 40
fails under: spawn, forkserver
"""
import time
from multiprocessing import Process

settings = {}


def worker(i):
    settings["task"](i)


def run_all(task, count=10):
    settings["task"] = task  # <- here
    started = time.perf_counter()
    processes = []
    for i in range(count):
        process = Process(target=worker, args=(i,))
        process.start()
        processes.append(process)
    for process in processes:
        process.join()
    return time.perf_counter() - started
