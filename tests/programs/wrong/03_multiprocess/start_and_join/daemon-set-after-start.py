"""Sets daemon on a process that is already running.

rows: 31
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = []
    for i in range(count):
        process = Process(target=task, args=(i,))
        process.start()
        process.daemon = True  # <- here
        processes.append(process)
    for process in processes:
        process.join()
    return time.perf_counter() - started
