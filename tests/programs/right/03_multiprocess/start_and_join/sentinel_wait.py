"""Waits on the sentinels until all are ready, then joins."""
import time
from multiprocessing import Process
from multiprocessing.connection import wait


def run_all(task, count=10):
    started = time.perf_counter()
    running = {}
    for i in range(count):
        process = Process(target=task, args=(i,))
        process.start()
        running[process.sentinel] = process
    while running:
        for sentinel in wait(list(running)):
            running.pop(sentinel).join()
    return time.perf_counter() - started
