"""Each child joins the one before it, so that main need only join the last.

rows: 20
"""
import time
from multiprocessing import get_context

mp = get_context("fork")


def worker(task, i, previous):
    task(i)
    if previous is not None:
        previous.join()  # <- here


def run_all(task, count=10):
    started = time.perf_counter()
    process = None
    for i in range(count):
        process = mp.Process(target=worker, args=(task, i, process))
        process.start()
    process.join()
    return time.perf_counter() - started
