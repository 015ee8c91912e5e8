"""A decorator measures how long the call takes."""
import functools
import time
from multiprocessing import Process


def seconds(function):
    @functools.wraps(function)
    def timed(*args, **kwargs):
        started = time.perf_counter()
        function(*args, **kwargs)
        return time.perf_counter() - started

    return timed


@seconds
def run_all(task, count=10):
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
