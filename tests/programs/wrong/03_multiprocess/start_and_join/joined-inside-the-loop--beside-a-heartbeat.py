"""One after another, while a thread says that the program lives.

rows: 5
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
    for number in range(count):
        worker = Process(target=task, args=(number,))
        worker.start()
        worker.join()  # <- here
    done.set()
    return time.perf_counter() - began
