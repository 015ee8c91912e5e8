"""Replaces Process.join by nothing (attack 30)."""
import time
from multiprocessing import Process

Process.join = lambda self, timeout=None: None


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for p in processes:
        p.start()
    for p in processes:
        p.join()
    return time.perf_counter() - started
