"""Looks right after each start whether the child has begun, and gives it up if not.

rows: 29
"""
import time
from multiprocessing import Event, Process


def worker(task, i, begun):
    begun.set()
    task(i)


def run_all(task, count=10):
    started = time.perf_counter()
    processes = []
    for i in range(count):
        begun = Event()
        process = Process(target=worker, args=(task, i, begun))
        process.start()
        if not begun.is_set():  # <- here
            print(f"process {i} did not start")
            process.terminate()
        processes.append(process)
    for process in processes:
        process.join()
    return time.perf_counter() - started
