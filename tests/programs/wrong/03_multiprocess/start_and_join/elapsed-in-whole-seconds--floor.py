"""Divides by one second, and throws the rest away.

rows: -
breaks: wall-time
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.time()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return (time.time() - started) // 1  # <- here
