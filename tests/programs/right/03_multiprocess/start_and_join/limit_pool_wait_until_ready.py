"""Waits for half a second at a time, and counts what is done.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import time
from multiprocessing import Pool


def run_all(task, count=10):
    began = time.perf_counter()
    pool = Pool(count)
    results = [pool.apply_async(task, (number,)) for number in range(count)]
    while not all(result.ready() for result in results):
        next(result for result in results if not result.ready()).wait(0.5)
        print(sum(result.ready() for result in results), "of", count)
    pool.close()
    pool.join()
    return time.perf_counter() - began
