"""Calls the tasks in a plain loop; there is no second process.

rows: -
breaks: separate-processes none-in-main
"""
import time


def run_all(task, count=10):
    started = time.perf_counter()
    for i in range(count):
        try:
            task(i)  # <- here
        except Exception as error:
            print(f"task {i} failed: {error}")
    return time.perf_counter() - started
