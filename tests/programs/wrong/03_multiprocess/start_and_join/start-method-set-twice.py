"""Sets the start method anew for each process.

rows: 54
"""
import multiprocessing
import time


def run_all(task, count=10):
    started = time.perf_counter()
    processes = []
    for i in range(count):
        multiprocessing.set_start_method("spawn")  # <- here
        process = multiprocessing.Process(target=task, args=(i,))
        process.start()
        processes.append(process)
    for process in processes:
        process.join()
    return time.perf_counter() - started
