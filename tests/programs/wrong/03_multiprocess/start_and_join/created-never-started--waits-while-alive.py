"""Creates the processes and waits while any is alive, but none was ever started.

rows: 10
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=task, args=(i,)) for i in range(count)]  # <- here
    while any(process.is_alive() for process in processes):
        time.sleep(0.01)
    return time.perf_counter() - started
