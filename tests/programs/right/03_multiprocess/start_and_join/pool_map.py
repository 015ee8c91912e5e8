"""A pool with a worker for each task; errors become results."""
import time
from multiprocessing import Pool


def attempt(job):
    task, i = job
    try:
        task(i)
    except Exception as error:
        return error
    return None


def run_all(task, count=10):
    started = time.perf_counter()
    with Pool(count) as pool:
        pool.map(attempt, [(task, i) for i in range(count)], chunksize=1)
    return time.perf_counter() - started
