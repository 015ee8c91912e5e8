"""Waits until every sentinel is ready and never joins.

rows: 34
breaks: leaves-nothing
fails under: fork, spawn
"""
import time
from multiprocessing import Process
from multiprocessing.connection import wait


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.start()
    sentinels = [process.sentinel for process in processes]
    while sentinels:
        for sentinel in wait(sentinels):  # <- here
            sentinels.remove(sentinel)
    return time.perf_counter() - started
