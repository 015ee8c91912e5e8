"""The old way to stay open for Ctrl-C: get() with a limit that never comes.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import time
from multiprocessing import Pool


def attempt(call):
    task, number = call
    try:
        task(number)
    except Exception as error:
        return error


def run_all(task, count=10):
    began = time.perf_counter()
    with Pool(count) as pool:
        pool.map_async(attempt, [(task, number) for number in range(count)], chunksize=1).get(9999999)
        pool.close()
        pool.join()
    return time.perf_counter() - began
