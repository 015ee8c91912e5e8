"""A with block that joins on exit, entered anew for each process.

rows: 1
"""
import time
from contextlib import contextmanager
from multiprocessing import Process


@contextmanager
def running(process):
    process.start()
    yield process
    process.join()  # <- here


def run_all(task, count=10):
    started = time.perf_counter()
    for i in range(count):
        with running(Process(target=task, args=(i,))) as process:
            print(f"{process.name} is running")
    return time.perf_counter() - started
