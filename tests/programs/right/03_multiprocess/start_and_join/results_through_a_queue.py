"""Each child reports through a queue; main drains it and then joins."""
import time
from multiprocessing import Process, Queue


def work(task, i, results):
    outcome = "failed"
    try:
        task(i)
        outcome = "done"
    finally:
        results.put((i, outcome))


def run_all(task, count=10):
    started = time.perf_counter()
    results = Queue()
    processes = [Process(target=work, args=(task, i, results)) for i in range(count)]
    for process in processes:
        process.start()
    outcomes = dict(results.get() for _ in processes)
    for process in processes:
        process.join()
    elapsed = time.perf_counter() - started
    print(sorted(outcomes.items()))
    return elapsed
