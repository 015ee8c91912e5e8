"""Forks, waits until every child has closed its end of a pipe, and reaps none.

rows: 34
breaks: leaves-nothing
"""
import os
import time


def run_all(task, count=10):
    started = time.perf_counter()
    reader, writer = os.pipe()
    for i in range(count):
        if os.fork() == 0:
            try:
                task(i)
            finally:
                os._exit(0)
    os.close(writer)
    os.read(reader, 1)  # <- here
    os.close(reader)
    return time.perf_counter() - started
