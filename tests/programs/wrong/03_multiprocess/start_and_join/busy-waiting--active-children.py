"""Asks again and again, without a pause, whether there are children left.

rows: 27
breaks: waits-asleep
"""
import multiprocessing
import time


def run_all(task, count=10):
    started = time.perf_counter()
    for i in range(count):
        process = multiprocessing.Process(target=task, args=(i,))
        process.start()
    while multiprocessing.active_children():  # <- here
        pass
    return time.perf_counter() - started
