"""Sets the start method when creating a queue has already settled it.

rows: 54
"""
import multiprocessing
import time


def worker(task, i, ended):
    try:
        task(i)
    finally:
        ended.put(i)


def run_all(task, count=10):
    started = time.perf_counter()
    ended = multiprocessing.Queue()
    multiprocessing.set_start_method("spawn")  # <- here
    processes = []
    for i in range(count):
        process = multiprocessing.Process(target=worker, args=(task, i, ended))
        process.start()
        processes.append(process)
    for _ in processes:
        ended.get()
    for process in processes:
        process.join()
    return time.perf_counter() - started
