"""The heartbeat writes the time into a file, for others to see.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import pathlib
import threading
import time
from multiprocessing import Process


def beat(done):
    while not done.wait(0.5):
        pathlib.Path("alive.txt").write_text(str(time.time()), encoding="utf-8")


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
