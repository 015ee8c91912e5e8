"""Each process lets go of a semaphore; main takes it with a limit, as often as there are processes.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import time
from multiprocessing import Process, Semaphore


def work(ended, task, number):
    try:
        task(number)
    finally:
        ended.release()


def run_all(task, count=10):
    ended = Semaphore(0)
    began = time.perf_counter()
    workers = [Process(target=work, args=(ended, task, number)) for number in range(count)]
    for worker in workers:
        worker.start()
    left = count
    while left:
        left -= ended.acquire(timeout=0.75)
    for worker in workers:
        worker.join()
    return time.perf_counter() - began
