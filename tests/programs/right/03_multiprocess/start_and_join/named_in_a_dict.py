"""Keeps the processes in a dictionary and passes keyword arguments."""
import time
from multiprocessing import Process


def work(task, number):
    task(number)


def run_all(task, count=10):
    started = time.perf_counter()
    processes = {}
    for i in range(count):
        processes[i] = Process(target=work, kwargs={"task": task, "number": i})
        processes[i].start()
    for process in processes.values():
        process.join()
    return time.perf_counter() - started
