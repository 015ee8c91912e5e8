"""Each child catches and prints its own error."""
import time
import traceback
from multiprocessing import Process


def guarded(task, i):
    try:
        task(i)
    except Exception:
        traceback.print_exc()


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=guarded, args=(task, i)) for i in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return time.perf_counter() - started
