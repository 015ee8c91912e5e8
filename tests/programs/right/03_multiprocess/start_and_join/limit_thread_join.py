"""A thread joins the processes, and main joins the thread for a second at a time.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import threading
import time
from multiprocessing import Process


def join_all(workers):
    for worker in workers:
        worker.join()


def run_all(task, count=10):
    began = time.perf_counter()
    workers = [Process(target=task, args=(number,)) for number in range(count)]
    for worker in workers:
        worker.start()
    joining = threading.Thread(target=join_all, args=(workers,))
    joining.start()
    while joining.is_alive():
        joining.join(timeout=1)
    return time.perf_counter() - began
