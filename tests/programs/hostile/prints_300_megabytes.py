"""Prints 300 MB and then does it right (attack 57)."""
import sys
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    for _ in range(300):
        sys.stdout.write("x" * 1_000_000)
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for p in processes:
        p.start()
    for p in processes:
        p.join()
    return time.perf_counter() - started
