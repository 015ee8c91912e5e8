"""Waits for any of them, for half a second at a time.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import time
from multiprocessing import Process
from multiprocessing.connection import wait


def run_all(task, count=10):
    began = time.perf_counter()
    workers = [Process(target=task, args=(number,)) for number in range(count)]
    for worker in workers:
        worker.start()
    left = {worker.sentinel: worker for worker in workers}
    while left:
        for sentinel in wait(left, timeout=0.5):
            left.pop(sentinel).join()
    for worker in workers:
        worker.join()
    return time.perf_counter() - began
