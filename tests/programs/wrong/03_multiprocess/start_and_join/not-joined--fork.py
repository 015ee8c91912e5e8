"""Forks the children and returns without waiting for them.

rows: 11
breaks: returns-last
"""
import os
import time


def run_all(task, count=10):
    started = time.perf_counter()
    for i in range(count):
        if os.fork() == 0:  # <- here
            try:
                task(i)
            finally:
                os._exit(0)
    return time.perf_counter() - started
