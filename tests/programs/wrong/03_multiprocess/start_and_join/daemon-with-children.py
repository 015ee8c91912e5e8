"""A daemon is to start the ten, but a daemon may not have children.

rows: 32
"""
import time
from multiprocessing import Process


def manage(task, count):
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()


def run_all(task, count=10):
    started = time.perf_counter()
    manager = Process(target=manage, args=(task, count), daemon=True)  # <- here
    manager.start()
    manager.join()
    return time.perf_counter() - started
