"""Pauses after each start, to give the process time to begin.

rows: -
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = []
    for i in range(count):
        process = Process(target=task, args=(i,))
        process.start()
        processes.append(process)
        time.sleep(0.5)  # <- here
    for process in processes:
        process.join()
    return time.perf_counter() - started
