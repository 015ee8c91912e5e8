"""Works only if the parent is main; under forkserver the parent is the server.

rows: 26
breaks: each-start-method
fails under: forkserver
"""
import os
import time
from multiprocessing import Process


def worker(task, i, main_pid):
    if os.getppid() == main_pid:  # <- here
        task(i)
    else:
        print("main is gone, nothing to do")


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=worker, args=(task, i, os.getpid())) for i in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return time.perf_counter() - started
