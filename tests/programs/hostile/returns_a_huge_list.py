"""Right, but returns a list of ten million numbers."""
from multiprocessing import Process


def run_all(task, count=10):
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for p in processes:
        p.start()
    for p in processes:
        p.join()
    return [1.0] * 10_000_000
