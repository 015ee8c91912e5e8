"""A single child does all the tasks at the same time, in threads.

rows: -
breaks: separate-processes
"""
import threading
import time
from multiprocessing import Process


def work(task, count):
    threads = [threading.Thread(target=task, args=(i,)) for i in range(count)]  # <- here
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def run_all(task, count=10):
    started = time.perf_counter()
    process = Process(target=work, args=(task, count))
    process.start()
    process.join()
    return time.perf_counter() - started
