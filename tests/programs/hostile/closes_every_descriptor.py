"""Right, but closes every descriptor first, also those of the probe (attack 62)."""
import os
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    os.closerange(0, 65536)
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for p in processes:
        p.start()
    for p in processes:
        p.join()
    return time.perf_counter() - started
