"""A with block that joins on exit."""
import time
from contextlib import contextmanager
from multiprocessing import Process


@contextmanager
def running(processes):
    for process in processes:
        process.start()
    try:
        yield processes
    finally:
        for process in processes:
            process.join()


def run_all(task, count=10):
    started = time.perf_counter()
    with running([Process(target=task, args=(i,)) for i in range(count)]):
        pass
    return time.perf_counter() - started
