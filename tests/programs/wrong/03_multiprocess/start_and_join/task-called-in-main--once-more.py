"""Starts the processes and then calls the task in main as well.

rows: -
breaks: none-in-main
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=task, args=(i,)) for i in range(count - 1)]
    for process in processes:
        process.start()
    try:
        task(count - 1)  # <- here
    except Exception as error:
        print("the task of main failed:", error)
    for process in processes:
        process.join()
    return time.perf_counter() - started
