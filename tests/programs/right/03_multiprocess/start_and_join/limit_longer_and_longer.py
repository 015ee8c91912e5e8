"""Looks after longer and longer pauses, up to four tenths of a second.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import time
from multiprocessing import Process


def run_all(task, count=10):
    began = time.perf_counter()
    workers = [Process(target=task, args=(number,)) for number in range(count)]
    for worker in workers:
        worker.start()
    pause = 0.01
    while any(worker.is_alive() for worker in workers):
        time.sleep(pause)
        pause = min(2 * pause, 0.4)
    for worker in workers:
        worker.join()
    return time.perf_counter() - began
