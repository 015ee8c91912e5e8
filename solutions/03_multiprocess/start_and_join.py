"""Kata 03, solved: many processes at the same time, and a wait for all of them."""

import time
from collections.abc import Callable
from multiprocessing import Process


def run_all(task: Callable[[int], object], count: int = 10) -> float:
    """Run `task(i)` for each i below `count`, each in a process of its own; return the elapsed seconds."""
    started = time.perf_counter()
    processes = [Process(target=task, args=(number,)) for number in range(count)]
    for process in processes:
        process.start()
    # A second loop: a join inside the first one would wait for each process before the next is started.
    for process in processes:
        process.join()
    return time.perf_counter() - started
