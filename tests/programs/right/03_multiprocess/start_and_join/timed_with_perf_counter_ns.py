"""Reads the time in nanoseconds and returns seconds."""
from multiprocessing import Process
from time import perf_counter_ns


def run_all(task, count=10):
    started = perf_counter_ns()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return (perf_counter_ns() - started) / 1_000_000_000
