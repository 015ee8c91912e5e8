"""The heartbeat sleeps between two beats, and is a daemon that ends with main.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import threading
import time
from multiprocessing import Process


def beat():
    while True:
        time.sleep(0.7)
        print("alive")


def run_all(task, count=10):
    threading.Thread(target=beat, daemon=True).start()
    began = time.perf_counter()
    workers = [Process(target=task, args=(number,)) for number in range(count)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return time.perf_counter() - began
