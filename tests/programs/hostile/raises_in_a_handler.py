"""Ends its children by SIGTERM while they are held, and their handler raises."""
import signal
import time
from multiprocessing import Process


def leave(number, frame):
    raise KeyboardInterrupt


def work(task, i):
    signal.signal(signal.SIGTERM, leave)
    task(i)


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=work, args=(task, i)) for i in range(count)]
    for p in processes:
        p.start()
    time.sleep(1)  # until they are all inside
    for p in processes:
        p.terminate()
    for p in processes:
        p.join()
    return time.perf_counter() - started
