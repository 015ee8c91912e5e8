"""Wants to hand each process its own pid as its number, but getpid runs in main.

rows: 25
breaks: each-number-once
"""
import os
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = []
    for _ in range(count):
        process = Process(target=task, args=(os.getpid(),))  # <- here
        process.start()
        processes.append(process)
    for process in processes:
        process.join()
    return time.perf_counter() - started
