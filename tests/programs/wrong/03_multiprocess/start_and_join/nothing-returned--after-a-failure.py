"""Returns nothing when some process has failed.

rows: -
breaks: failure-stops-not-run-all
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    if any(process.exitcode != 0 for process in processes):
        return None  # <- here
    return time.perf_counter() - started
