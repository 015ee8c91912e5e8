"""Runs the tasks in threads and says that each is a process (attacks 32 and 33)."""
import itertools
import os
import threading
import time

_numbers = itertools.count(1000)
os.getpid = lambda: next(_numbers)


def run_all(task, count=10):
    started = time.perf_counter()
    threads = [threading.Thread(target=task, args=(i,)) for i in range(count)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return time.perf_counter() - started
