"""Hands the children a lock of threading to keep their lines apart.

rows: -
fails under: spawn, forkserver
"""
import threading
import time
from multiprocessing import Process


def worker(task, i, lock):
    with lock:
        print(f"task {i} begins")
    task(i)


def run_all(task, count=10):
    started = time.perf_counter()
    lock = threading.Lock()
    processes = [Process(target=worker, args=(task, i, lock)) for i in range(count)]  # <- here
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return time.perf_counter() - started
