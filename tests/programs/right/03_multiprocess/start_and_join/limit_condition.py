"""A thread for each join; a condition with a limit says when the last is back.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import threading
import time
from multiprocessing import Process


class Countdown:
    def __init__(self, count):
        self.left = count
        self.changed = threading.Condition()

    def joined(self, worker):
        worker.join()
        with self.changed:
            self.left -= 1
            self.changed.notify()

    def wait(self):
        with self.changed:
            while not self.changed.wait_for(lambda: self.left == 0, timeout=4):
                print("left:", self.left)


def run_all(task, count=10):
    began = time.perf_counter()
    workers = [Process(target=task, args=(number,)) for number in range(count)]
    for worker in workers:
        worker.start()
    countdown = Countdown(count)
    for worker in workers:
        threading.Thread(target=countdown.joined, args=(worker,)).start()
    countdown.wait()
    return time.perf_counter() - began
