"""Maps a function that never raises over the numbers."""
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial


def attempt(task, i):
    try:
        task(i)
        return True
    except Exception:
        return False


def run_all(task, count=10):
    started = time.perf_counter()
    with ProcessPoolExecutor(count) as executor:
        list(executor.map(partial(attempt, task), range(count)))
    return time.perf_counter() - started
