"""After ten minutes without a word it takes all to be done.

rows: 14
"""
import queue
import time
from multiprocessing import Process, Queue


def work(ended, task, number):
    try:
        task(number)
    finally:
        ended.put(number)


def run_all(task, count=10):
    began = time.perf_counter()
    ended = Queue()
    workers = [Process(target=work, args=(ended, task, number)) for number in range(count)]
    for worker in workers:
        worker.start()
    try:
        for _ in workers:
            ended.get(timeout=600)  # <- here
    except queue.Empty:
        pass
    return time.perf_counter() - began
