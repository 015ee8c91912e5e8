"""The variable is overwritten in the loop, so only the last process is joined.

rows: 9
breaks: returns-last
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    for i in range(count):
        process = Process(target=task, args=(i,))
        process.start()
    process.join()  # <- here
    return time.perf_counter() - started
