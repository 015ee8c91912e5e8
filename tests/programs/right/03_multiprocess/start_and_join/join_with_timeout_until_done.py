"""Joins with a time limit, again and again, until none is left."""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    alive = [Process(target=task, args=(i,)) for i in range(count)]
    for process in alive:
        process.start()
    while alive:
        for process in alive:
            process.join(0.05)
        alive = [process for process in alive if process.is_alive()]
    return time.perf_counter() - started
