"""Takes a function defined inside run_all, which cannot be sent to a new interpreter.

rows: 50
breaks: each-start-method
fails under: spawn, forkserver
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    def worker(number):  # <- here
        try:
            task(number)
        except Exception as error:
            print(f"task {number} failed: {error}")

    started = time.perf_counter()
    processes = [Process(target=worker, args=(i,)) for i in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return time.perf_counter() - started
