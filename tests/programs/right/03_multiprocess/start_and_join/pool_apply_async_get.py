"""Hands each task to a pool without waiting and catches what get raises."""
import time
from multiprocessing import Pool


def run_all(task, count=10):
    started = time.perf_counter()
    pool = Pool(count)
    results = [pool.apply_async(task, (i,)) for i in range(count)]
    pool.close()
    errors = []
    for result in results:
        try:
            result.get()
        except Exception as error:
            errors.append(error)
    pool.join()
    return time.perf_counter() - started
