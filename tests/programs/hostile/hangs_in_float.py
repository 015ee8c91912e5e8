"""Right, but returns an object that never says how long it took."""
from multiprocessing import Process


class Endless:
    def __float__(self):
        while True:
            pass


def run_all(task, count=10):
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for p in processes:
        p.start()
    for p in processes:
        p.join()
    return Endless()
