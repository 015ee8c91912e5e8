"""Pops the processes off the list to join them."""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.start()
    while processes:
        processes.pop().join()
    return time.perf_counter() - started
