"""Submits all tasks and looks at each future as it completes."""
import time
from concurrent.futures import ProcessPoolExecutor, as_completed


def run_all(task, count=10):
    started = time.perf_counter()
    with ProcessPoolExecutor(max_workers=count) as executor:
        numbers = {executor.submit(task, i): i for i in range(count)}
        for future in as_completed(numbers):
            if future.exception() is not None:
                print(f"task {numbers[future]} failed: {future.exception()}")
    return time.perf_counter() - started
