"""All begin together: the barrier would break after two minutes.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import time
from multiprocessing import Barrier, Process


def work(barrier, task, number):
    barrier.wait()
    task(number)


def run_all(task, count=10):
    barrier = Barrier(count, timeout=120)
    began = time.perf_counter()
    workers = [Process(target=work, args=(barrier, task, number)) for number in range(count)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return time.perf_counter() - began
