"""Asks for a key in the child, which has no keyboard.

rows: 57
"""
import time
from multiprocessing import Process


def worker(task, i):
    input(f"Press Enter to begin task {i} ")  # <- here
    task(i)


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=worker, args=(task, i)) for i in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return time.perf_counter() - started
