"""Chooses fork explicitly, so that even a nested function will do."""
import time
from multiprocessing import get_context


def run_all(task, count=10):
    def work(number):
        task(number)

    fork = get_context("fork")
    started = time.perf_counter()
    processes = [fork.Process(target=work, args=(i,)) for i in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return time.perf_counter() - started
