"""The elapsed time from os.times(), whose last field is wall time.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import os
from multiprocessing import Process


def run_all(task, count=10):
    began = os.times().elapsed
    workers = [Process(target=task, args=(number,)) for number in range(count)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return os.times().elapsed - began
