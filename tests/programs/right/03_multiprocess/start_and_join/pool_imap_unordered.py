"""Takes the results of a pool as they come and goes on after an error."""
import time
from multiprocessing import Pool


def run_all(task, count=10):
    started = time.perf_counter()
    with Pool(count) as pool:
        results = pool.imap_unordered(task, range(count))
        while True:
            try:
                next(results)
            except StopIteration:
                break
            except Exception as error:
                print("a task failed:", error)
    return time.perf_counter() - started
