"""Forks and waits for the child before the next one is forked.

rows: 1
"""
import os
import time


def run_all(task, count=10):
    started = time.perf_counter()
    for i in range(count):
        pid = os.fork()
        if pid == 0:
            try:
                task(i)
            finally:
                os._exit(0)
        os.waitpid(pid, 0)  # <- here
    return time.perf_counter() - started
