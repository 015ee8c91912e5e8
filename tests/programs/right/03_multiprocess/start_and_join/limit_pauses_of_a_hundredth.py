"""Looks who is alive, and pauses for a hundredth of a second.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    began = time.perf_counter()
    workers = [Process(target=task, args=(number,)) for number in range(count)]
    for worker in workers:
        worker.start()
    while any(worker.is_alive() for worker in workers):
        time.sleep(0.01)
    for worker in workers:
        worker.join()
    return time.perf_counter() - began
