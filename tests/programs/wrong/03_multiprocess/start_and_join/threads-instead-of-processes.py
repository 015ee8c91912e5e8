"""Starts threads: everything stays in one process.

rows: 24
breaks: separate-processes none-in-main
"""
import threading
import time


def run_all(task, count=10):
    started = time.perf_counter()
    threads = []
    for i in range(count):
        thread = threading.Thread(target=task, args=(i,))  # <- here
        thread.start()
        threads.append(thread)
    for thread in threads:
        thread.join()
    return time.perf_counter() - started
