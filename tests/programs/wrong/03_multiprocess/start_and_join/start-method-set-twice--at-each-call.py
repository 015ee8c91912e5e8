"""Sets the start method inside run_all, so that the second call of run_all fails.

rows: 54
"""
import multiprocessing
import time


def run_all(task, count=10):
    multiprocessing.set_start_method("spawn")  # <- here
    started = time.perf_counter()
    processes = [multiprocessing.Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return time.perf_counter() - started
