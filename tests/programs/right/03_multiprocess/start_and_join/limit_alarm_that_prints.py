"""An alarm after a minute, which only says so.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import signal
import time
from multiprocessing import Process


def late(number, frame):
    print("it takes long")


def run_all(task, count=10):
    signal.signal(signal.SIGALRM, late)
    signal.alarm(60)
    began = time.perf_counter()
    workers = [Process(target=task, args=(number,)) for number in range(count)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    signal.alarm(0)
    return time.perf_counter() - began
