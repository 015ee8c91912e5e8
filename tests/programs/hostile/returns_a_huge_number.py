"""Right, but returns a number of a hundred thousand digits."""
from multiprocessing import Process


def run_all(task, count=10):
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for p in processes:
        p.start()
    for p in processes:
        p.join()
    return 10**100_000
