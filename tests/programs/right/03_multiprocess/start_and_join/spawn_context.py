"""Chooses spawn explicitly, through a context."""
import multiprocessing
import time


def run_all(task, count=10):
    spawn = multiprocessing.get_context("spawn")
    started = time.monotonic()
    processes = [spawn.Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return time.monotonic() - started
