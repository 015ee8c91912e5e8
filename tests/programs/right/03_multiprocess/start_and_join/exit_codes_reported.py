"""Reports the processes that failed by their exit codes."""
import sys
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=task, args=(i,), name=f"task-{i}") for i in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    elapsed = time.perf_counter() - started
    for process in processes:
        if process.exitcode != 0:
            print(f"{process.name} ended with code {process.exitcode}", file=sys.stderr)
    return elapsed
