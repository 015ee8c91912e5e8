"""Asks again and again, without a pause, whether a process is alive.

rows: 27
breaks: waits-asleep
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.start()
    while any(process.is_alive() for process in processes):  # <- here
        pass
    for process in processes:
        process.join()
    return time.perf_counter() - started
