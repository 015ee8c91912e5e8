"""The same with select, for two seconds at a time.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import select
import time
from multiprocessing import Process


def run_all(task, count=10):
    began = time.perf_counter()
    workers = [Process(target=task, args=(number,)) for number in range(count)]
    for worker in workers:
        worker.start()
    left = [worker.sentinel for worker in workers]
    while left:
        ended, _, _ = select.select(left, [], [], 2)
        left = [sentinel for sentinel in left if sentinel not in ended]
    for worker in workers:
        worker.join()
    return time.perf_counter() - began
