"""Waits for ten seconds at a time until no future is left.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import time
from concurrent.futures import ProcessPoolExecutor, wait


def run_all(task, count=10):
    began = time.perf_counter()
    with ProcessPoolExecutor(count) as executor:
        left = {executor.submit(task, number) for number in range(count)}
        while left:
            ended, left = wait(left, timeout=10)
            print(len(ended), "have ended")
    return time.perf_counter() - began
