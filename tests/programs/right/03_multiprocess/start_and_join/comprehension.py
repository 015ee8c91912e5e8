"""Creates all processes in a comprehension, then starts all, then joins all."""
from multiprocessing import Process
from time import perf_counter


def run_all(task, count=10):
    begin = perf_counter()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for p in processes:
        p.start()
    for p in processes:
        p.join()
    return perf_counter() - begin
