"""Looks at the exit code again and again, without a pause, until there is one.

rows: 27
breaks: waits-asleep
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        while process.exitcode is None:  # <- here
            pass
    return time.perf_counter() - started
