"""The children wait for a signal to begin that main does not give.

rows: -
"""
import time
from multiprocessing import Event, Process


def worker(task, i, go):
    go.wait()  # <- here
    task(i)


def run_all(task, count=10):
    started = time.perf_counter()
    go = Event()
    processes = [Process(target=worker, args=(task, i, go)) for i in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return time.perf_counter() - started
