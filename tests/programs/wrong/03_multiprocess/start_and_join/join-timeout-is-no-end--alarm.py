"""An alarm after a minute breaks off the waiting, and the function returns.

rows: 14
"""
import signal
import time
from multiprocessing import Process


class Late(Exception):
    pass


def late(number, frame):
    raise Late


def run_all(task, count=10):
    signal.signal(signal.SIGALRM, late)
    began = time.perf_counter()
    workers = [Process(target=task, args=(number,)) for number in range(count)]
    for worker in workers:
        worker.start()
    signal.alarm(60)
    try:
        for worker in workers:
            worker.join()  # <- here
    except Late:
        pass
    signal.alarm(0)
    return time.perf_counter() - began
