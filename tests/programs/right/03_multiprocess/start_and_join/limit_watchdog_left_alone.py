"""A daemon timer of a minute that nobody cancels.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import threading
import time
from multiprocessing import Process


def run_all(task, count=10):
    watchdog = threading.Timer(60, print, ("slow",))
    watchdog.daemon = True
    watchdog.start()
    began = time.perf_counter()
    workers = [Process(target=task, args=(number,)) for number in range(count)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return time.perf_counter() - began
