"""Makes daemons of the processes so that it need not wait for them.

rows: 30
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.daemon = True  # <- here
        process.start()
    return time.perf_counter() - started
