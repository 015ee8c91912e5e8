"""All processes and main meet at a barrier before the tasks begin."""
import time
from multiprocessing import Barrier, Process


def work(task, i, barrier):
    barrier.wait()
    task(i)


def run_all(task, count=10):
    barrier = Barrier(count + 1)
    processes = [Process(target=work, args=(task, i, barrier)) for i in range(count)]
    for process in processes:
        process.start()
    barrier.wait()
    started = time.perf_counter()
    for process in processes:
        process.join()
    return time.perf_counter() - started
