"""A thread says twice a second that the program lives.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import threading
import time
from multiprocessing import Process


def beat(done):
    while not done.wait(0.5):
        print("alive")


def run_all(task, count=10):
    done = threading.Event()
    threading.Thread(target=beat, args=(done,), daemon=True).start()
    began = time.perf_counter()
    workers = [Process(target=task, args=(number,)) for number in range(count)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    done.set()
    return time.perf_counter() - began
