"""Waits for a signal that it has ordered, instead of for its processes."""
import signal
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    for i in range(count):
        Process(target=task, args=(i,)).start()
    signal.signal(signal.SIGALRM, lambda number, frame: None)
    signal.alarm(1)
    signal.pause()
    return time.perf_counter() - started
