"""Gives each process half a second and ends those that are not ready.

rows: 14, 18
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(0.5)
        if process.is_alive():
            process.kill()  # <- here
        process.join()
    return time.perf_counter() - started
