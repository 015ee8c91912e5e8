"""Hands an open file to the children.

rows: 51
breaks: each-start-method
fails under: spawn, forkserver
"""
import tempfile
import time
from multiprocessing import Process


def worker(task, i, log):
    print(f"task {i} begins", file=log, flush=True)
    task(i)


def run_all(task, count=10):
    started = time.perf_counter()
    with tempfile.TemporaryFile("w") as log:
        processes = [Process(target=worker, args=(task, i, log)) for i in range(count)]  # <- here
        for process in processes:
            process.start()
        for process in processes:
            process.join()
    return time.perf_counter() - started
