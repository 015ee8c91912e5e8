"""The same with a selector.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import selectors
import time
from multiprocessing import Process


def run_all(task, count=10):
    began = time.perf_counter()
    workers = [Process(target=task, args=(number,)) for number in range(count)]
    for worker in workers:
        worker.start()
    with selectors.DefaultSelector() as selector:
        for worker in workers:
            selector.register(worker.sentinel, selectors.EVENT_READ)
        while selector.get_map():
            for key, _ in selector.select(timeout=1.25):
                selector.unregister(key.fd)
    for worker in workers:
        worker.join()
    return time.perf_counter() - began
