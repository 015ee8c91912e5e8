"""Hands sys.stdout to the children, so that they know where to print.

rows: 51
fails under: spawn, forkserver
"""
import sys
import time
from multiprocessing import Process


def worker(task, i, out):
    print(f"task {i} begins", file=out)
    task(i)


def run_all(task, count=10):
    started = time.perf_counter()
    processes = []
    for i in range(count):
        process = Process(target=worker, args=(task, i, sys.stdout))  # <- here
        process.start()
        processes.append(process)
    for process in processes:
        process.join()
    return time.perf_counter() - started
