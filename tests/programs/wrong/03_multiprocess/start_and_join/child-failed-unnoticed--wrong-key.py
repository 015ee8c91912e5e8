"""A setting is looked up under the wrong key in every child, and nobody looks at the exit codes.

rows: 16, 17
"""
import multiprocessing
import time

SETTINGS = {"pause": 0.0}


def worker(task, i):
    time.sleep(SETTINGS["delay"])  # <- here
    task(i)


def run_all(task, count=10):
    started = time.perf_counter()
    processes = []
    for i in range(count):
        process = multiprocessing.Process(target=worker, args=(task, i))
        process.start()
        processes.append(process)
    for process in processes:
        process.join()
    return time.perf_counter() - started
