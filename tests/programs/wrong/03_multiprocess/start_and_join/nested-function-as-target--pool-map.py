"""Maps a function defined inside run_all; the pool must pickle it under every start method.

rows: 50
"""
import time
from multiprocessing import Pool


def run_all(task, count=10):
    def attempt(number):  # <- here
        try:
            task(number)
        except Exception as error:
            print(f"task {number} failed: {error}")

    started = time.perf_counter()
    with Pool(count) as pool:
        pool.map(attempt, range(count), chunksize=1)
    return time.perf_counter() - started
