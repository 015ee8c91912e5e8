"""A timer ends whoever has not ended by itself after five minutes.

rows: 19
"""
import threading
import time
from multiprocessing import Process


def run_all(task, count=10):
    began = time.perf_counter()
    workers = [Process(target=task, args=(number,)) for number in range(count)]
    for worker in workers:
        worker.start()
    watchdog = threading.Timer(300, lambda: [worker.terminate() for worker in workers])  # <- here
    watchdog.start()
    for worker in workers:
        worker.join()
    watchdog.cancel()
    return time.perf_counter() - began
