"""Ten children write to both streams without end (attack 57)."""
import os
from multiprocessing import Process


def write(i):
    while True:
        os.write(1 + i % 2, b"x" * 65536)


def run_all(task, count=10):
    processes = [Process(target=write, args=(i,)) for i in range(count)]
    for p in processes:
        p.start()
    for p in processes:
        p.join()
    return 1.0
