"""The lambdas all look up the same variable, which has its last value when they start.

rows: -
breaks: each-number-once
"""
import time
from multiprocessing import get_context

fork = get_context("fork")


def run_all(task, count=10):
    started = time.perf_counter()
    processes = []
    for i in range(count):
        processes.append(fork.Process(target=lambda: task(i)))  # <- here
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return time.perf_counter() - started
