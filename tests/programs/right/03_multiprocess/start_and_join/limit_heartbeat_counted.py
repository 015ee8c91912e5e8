"""The heartbeat has a number, so that no two are alike.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import threading
import time
from multiprocessing import Process


def beat(done):
    beats = 0
    while not done.wait(0.3):
        beats += 1
        print("beat", beats)


def run_all(task, count=10):
    done = threading.Event()
    reporter = threading.Thread(target=beat, args=(done,))
    reporter.start()
    began = time.perf_counter()
    workers = [Process(target=task, args=(number,)) for number in range(count)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    took = time.perf_counter() - began
    done.set()
    reporter.join()
    return took
