"""The last process to end sets an event, for which main waits a second at a time.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import time
from multiprocessing import Event, Process, Value


def work(left, over, task, number):
    try:
        task(number)
    finally:
        with left.get_lock():
            left.value -= 1
            if left.value == 0:
                over.set()


def run_all(task, count=10):
    left, over = Value("i", count), Event()
    began = time.perf_counter()
    workers = [Process(target=work, args=(left, over, task, number)) for number in range(count)]
    for worker in workers:
        worker.start()
    while not over.wait(1.0):
        print("left:", left.value)
    for worker in workers:
        worker.join()
    return time.perf_counter() - began
