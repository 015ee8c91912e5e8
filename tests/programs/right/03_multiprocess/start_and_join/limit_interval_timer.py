"""A signal twice a second, whose handler shows that the program lives.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import signal
import time
from multiprocessing import Process


def run_all(task, count=10):
    signal.signal(signal.SIGALRM, lambda number, frame: print("alive"))
    signal.setitimer(signal.ITIMER_REAL, 0.5, 0.5)
    began = time.perf_counter()
    workers = [Process(target=task, args=(number,)) for number in range(count)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    signal.setitimer(signal.ITIMER_REAL, 0)
    return time.perf_counter() - began
