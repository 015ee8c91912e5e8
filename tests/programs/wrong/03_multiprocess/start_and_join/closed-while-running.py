"""Closes each process right after its start, as one closes a file or a pool.

rows: 19
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = []
    for i in range(count):
        process = Process(target=task, args=(i,))
        process.start()
        process.close()  # <- here
        processes.append(process)
    for process in processes:
        process.join()
    return time.perf_counter() - started
