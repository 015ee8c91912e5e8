"""Right, but leaves temporary files about (attack 63)."""
import tempfile
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    folder = tempfile.mkdtemp()
    with open("names.txt", "w") as file:
        file.write(folder)
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for p in processes:
        p.start()
    for p in processes:
        p.join()
    return time.perf_counter() - started
