"""A heartbeat sleeps, and main does not.

rows: 25
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
    while any(worker.is_alive() for worker in workers):  # <- here
        pass
    done.set()
    return time.perf_counter() - began
