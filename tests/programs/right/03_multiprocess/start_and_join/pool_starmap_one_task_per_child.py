"""A pool whose workers take one task each."""
import time
from multiprocessing import Pool


def attempt(task, i):
    try:
        task(i)
    except Exception as error:
        print(f"task {i} failed: {error!r}")


def run_all(task, count=10):
    started = time.perf_counter()
    pool = Pool(processes=count, maxtasksperchild=1)
    pool.starmap(attempt, [(task, i) for i in range(count)], chunksize=1)
    pool.close()
    pool.join()
    return time.perf_counter() - started
