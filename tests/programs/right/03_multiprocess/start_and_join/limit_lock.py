"""A lock that a joining thread lets go of is tried for a fifth of a second at a time.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import threading
import time
from multiprocessing import Process


def join_all(workers, lock):
    for worker in workers:
        worker.join()
    lock.release()


def run_all(task, count=10):
    began = time.perf_counter()
    workers = [Process(target=task, args=(number,)) for number in range(count)]
    for worker in workers:
        worker.start()
    lock = threading.Lock()
    lock.acquire()
    threading.Thread(target=join_all, args=(workers, lock)).start()
    while not lock.acquire(timeout=0.2):
        pass
    return time.perf_counter() - began
