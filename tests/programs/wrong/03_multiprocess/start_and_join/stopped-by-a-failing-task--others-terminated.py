"""Ends all the others as soon as one process has failed.

rows: 17
breaks: failure-stops-no-task
"""
import time
from multiprocessing import Process
from multiprocessing.connection import wait


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.start()
    running = list(processes)
    while running:
        wait([process.sentinel for process in running])
        if any(process.exitcode for process in processes):
            for process in running:
                process.terminate()  # <- here
        running = [process for process in running if process.is_alive()]
    for process in processes:
        process.join()
    return time.perf_counter() - started
