"""The children set a global number; that of main stays at zero.

rows: 38
"""
import time
from multiprocessing import Process

longest = 0.0


def worker(task, i):
    global longest
    started = time.perf_counter()
    task(i)
    longest = max(longest, time.perf_counter() - started)


def run_all(task, count=10):
    processes = [Process(target=worker, args=(task, i)) for i in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return longest  # <- here
