"""Wraps the call in a lambda, which cannot be sent to a new interpreter.

rows: 49
breaks: each-start-method
fails under: spawn, forkserver
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = []
    for i in range(count):
        process = Process(target=lambda: task(i))  # <- here
        process.start()
        processes.append(process)
    for process in processes:
        process.join()
    return time.perf_counter() - started
