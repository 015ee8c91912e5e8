"""Stops every clock, so that ten naps one after another take no time (attack 31)."""
import time
from multiprocessing import Process

for name in ("time", "monotonic", "perf_counter"):
    setattr(time, name, lambda: 1.0)
time.sleep = lambda seconds: None


def run_all(task, count=10):
    started = time.perf_counter()
    for i in range(count):
        p = Process(target=task, args=(i,))
        p.start()
        p.join()
    return time.perf_counter() - started
