"""psutil waits for three seconds at a time, and says who is left.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import contextlib
import psutil
import time
from multiprocessing import Process


def run_all(task, count=10):
    began = time.perf_counter()
    workers = [Process(target=task, args=(number,)) for number in range(count)]
    for worker in workers:
        worker.start()
    left = []
    for worker in workers:
        with contextlib.suppress(psutil.NoSuchProcess):  # the next start() may have collected it already
            left.append(psutil.Process(worker.pid))
    while left:
        ended, left = psutil.wait_procs(left, timeout=3)
    for worker in workers:
        worker.join()
    return time.perf_counter() - began
