"""Reads the time with the default timer of timeit."""
from multiprocessing import Process
from timeit import default_timer as timer


def run_all(task, count=10):
    started = timer()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return timer() - started
