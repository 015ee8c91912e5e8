"""The ends come through a queue; after a second without one it looks again.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
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
    ended = Queue()
    began = time.perf_counter()
    workers = [Process(target=work, args=(ended, task, number)) for number in range(count)]
    for worker in workers:
        worker.start()
    left = count
    while left:
        try:
            ended.get(timeout=1)
            left -= 1
        except queue.Empty:
            print("still", left)
    for worker in workers:
        worker.join()
    return time.perf_counter() - began
