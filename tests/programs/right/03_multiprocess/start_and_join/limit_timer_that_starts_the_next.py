"""Each beat sets the timer for the next.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import threading
import time
from multiprocessing import Process


class Heart:
    def __init__(self):
        self.timer = None

    def beat(self):
        print("alive")
        self.start()

    def start(self):
        self.timer = threading.Timer(0.5, self.beat)
        self.timer.daemon = True
        self.timer.start()


def run_all(task, count=10):
    heart = Heart()
    heart.start()
    began = time.perf_counter()
    workers = [Process(target=task, args=(number,)) for number in range(count)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    heart.timer.cancel()
    return time.perf_counter() - began
