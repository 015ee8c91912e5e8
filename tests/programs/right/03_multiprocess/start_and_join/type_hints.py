"""The same with annotations and a helper function."""
from __future__ import annotations

import multiprocessing as mp
import time
from collections.abc import Callable
from multiprocessing.process import BaseProcess


def launch(task: Callable[[int], object], number: int) -> BaseProcess:
    process = mp.Process(target=task, args=(number,))
    process.start()
    return process


def run_all(task: Callable[[int], object], count: int = 10) -> float:
    started: float = time.perf_counter()
    for process in [launch(task, number) for number in range(count)]:
        process.join()
    return time.perf_counter() - started
