"""Deletes its own folder with everything around it that belongs to the run, and then does it right."""
import os
import shutil
import time
from multiprocessing import Process

HERE = os.path.dirname(os.path.abspath(__file__))


def run_all(task, count=10):
    started = time.perf_counter()
    shutil.rmtree(os.path.dirname(HERE), ignore_errors=True)
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for p in processes:
        p.start()
    for p in processes:
        p.join()
    return time.perf_counter() - started
