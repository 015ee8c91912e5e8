"""Releases each process object once it has ended."""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    try:
        for process in processes:
            process.start()
    finally:
        for process in processes:
            process.join()
            process.close()
    return time.perf_counter() - started
