"""The guard has slipped into the function, and is never true when somebody imports it.

rows: -
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = []
    if __name__ == "__main__":  # <- here
        for i in range(count):
            process = Process(target=task, args=(i,))
            process.start()
            processes.append(process)
    for process in processes:
        process.join()
    return time.perf_counter() - started
