"""Takes an empty queue for the sign that all have ended; it is empty at the beginning.

rows: 61
"""
import time
from multiprocessing import Process, Queue


def worker(task, i, ended):
    try:
        task(i)
    finally:
        ended.put(i)


def run_all(task, count=10):
    started = time.perf_counter()
    ended = Queue()
    for i in range(count):
        process = Process(target=worker, args=(task, i, ended))
        process.start()
    while not ended.empty():  # <- here
        print("ended:", ended.get())
    return time.perf_counter() - started
