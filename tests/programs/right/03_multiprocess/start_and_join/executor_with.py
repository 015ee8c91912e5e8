"""An executor with a worker for each task; leaving the with block waits for all of them."""
import time
from concurrent.futures import ProcessPoolExecutor


def run_all(task, count=10):
    started = time.perf_counter()
    with ProcessPoolExecutor(max_workers=count) as executor:
        for i in range(count):
            executor.submit(task, i)
    return time.perf_counter() - started
