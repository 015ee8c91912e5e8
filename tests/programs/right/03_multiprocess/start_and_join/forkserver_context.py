"""Chooses forkserver explicitly, through a context."""
import time
from multiprocessing import get_context

ctx = get_context("forkserver")


def run_all(task, count=10):
    started = time.perf_counter()
    processes = []
    for i in range(count):
        processes.append(ctx.Process(target=task, args=(i,)))
        processes[-1].start()
    for process in processes:
        process.join()
    return time.perf_counter() - started
