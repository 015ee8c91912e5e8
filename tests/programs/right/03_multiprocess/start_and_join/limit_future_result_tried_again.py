"""Asks each future for its result with a limit, until it has one.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import time
from concurrent.futures import ProcessPoolExecutor


def outcome(future):
    while True:
        try:
            return future.result(timeout=1.5)
        except TimeoutError:
            if future.done():
                raise


def run_all(task, count=10):
    began = time.perf_counter()
    with ProcessPoolExecutor(max_workers=count) as executor:
        for future in [executor.submit(task, number) for number in range(count)]:
            try:
                outcome(future)
            except Exception as error:
                print("failed:", error)
    return time.perf_counter() - began
