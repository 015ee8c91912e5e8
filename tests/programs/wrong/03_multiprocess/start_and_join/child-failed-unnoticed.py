"""A slip in the worker ends every child before the task; main waits for an exception there.

rows: 16, 17
"""
import time
from multiprocessing import Process


def worker(task, i):
    print(f"process {number} starts")  # <- here
    task(i)


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=worker, args=(task, i)) for i in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        try:
            process.join()
        except Exception as error:
            print("a process failed:", error)
    return time.perf_counter() - started
