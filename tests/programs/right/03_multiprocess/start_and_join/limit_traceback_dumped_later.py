"""faulthandler would show after five minutes where the program hangs.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import faulthandler
import time
from multiprocessing import Process


def run_all(task, count=10):
    faulthandler.dump_traceback_later(300)
    began = time.perf_counter()
    workers = [Process(target=task, args=(number,)) for number in range(count)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    faulthandler.cancel_dump_traceback_later()
    return time.perf_counter() - began
