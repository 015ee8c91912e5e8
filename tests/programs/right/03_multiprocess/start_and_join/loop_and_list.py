"""Starts the processes in a loop, keeps them in a list and joins them afterwards."""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = []
    for i in range(count):
        process = Process(target=task, args=(i,))
        process.start()
        processes.append(process)
    for process in processes:
        process.join()
    return time.perf_counter() - started
