"""A scheduler of the standard library looks again and again, three times a second.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import sched
import time
from multiprocessing import Process


def look(scheduler, workers):
    if any(worker.is_alive() for worker in workers):
        scheduler.enter(1 / 3, 1, look, (scheduler, workers))


def run_all(task, count=10):
    began = time.perf_counter()
    workers = [Process(target=task, args=(number,)) for number in range(count)]
    for worker in workers:
        worker.start()
    scheduler = sched.scheduler(time.monotonic, time.sleep)
    look(scheduler, workers)
    scheduler.run()
    for worker in workers:
        worker.join()
    return time.perf_counter() - began
