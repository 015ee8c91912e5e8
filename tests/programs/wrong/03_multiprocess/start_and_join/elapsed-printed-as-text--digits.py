"""Returns the number of seconds, formatted, which makes it a text.

rows: -
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.time()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return "%.3f" % (time.time() - started)  # <- here
