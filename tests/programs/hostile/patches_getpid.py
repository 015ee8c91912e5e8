"""Invents a pid for each look (attacks 30 and 32)."""
import time
from multiprocessing import Process

import itertools
import os

_numbers = itertools.count(1000)
os.getpid = lambda: next(_numbers)


def run_all(task, count=10):
    started = time.perf_counter()
    for i in range(count):
        p = Process(target=task, args=(i,))
        p.start()
        p.join()
    return time.perf_counter() - started
