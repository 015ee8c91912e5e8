"""Waits for all futures at once and shuts the executor down itself."""
import time
from concurrent.futures import ProcessPoolExecutor, wait


def run_all(task, count=10):
    executor = ProcessPoolExecutor(max_workers=count)
    started = time.perf_counter()
    wait([executor.submit(task, i) for i in range(count)])
    elapsed = time.perf_counter() - started
    executor.shutdown()
    return elapsed
