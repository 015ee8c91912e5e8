"""Threads that join report through a queue, which is read with a limit.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import queue
import threading
import time
from multiprocessing import Process


def join(worker, ended):
    worker.join()
    ended.put(worker.name)


def run_all(task, count=10):
    began = time.perf_counter()
    workers = [Process(target=task, args=(number,)) for number in range(count)]
    for worker in workers:
        worker.start()
    ended = queue.SimpleQueue()
    for worker in workers:
        threading.Thread(target=join, args=(worker, ended)).start()
    left = count
    while left:
        try:
            ended.get(timeout=0.9)
        except queue.Empty:
            continue
        left -= 1
    return time.perf_counter() - began
