"""Loads data at the top of the module: each new interpreter loads them again.

rows: 55
breaks: each-start-method
fails under: spawn, forkserver
"""
import time
from multiprocessing import Process

print("loading the data ...")
time.sleep(2)  # <- here
data = list(range(1000))


def worker(task, i):
    print(f"process {i} has {len(data)} rows")
    task(i)


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=worker, args=(task, i)) for i in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return time.perf_counter() - started
