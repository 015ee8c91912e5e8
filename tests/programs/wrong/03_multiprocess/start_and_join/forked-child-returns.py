"""The forked child returns from run_all too, and goes on with the work of the caller.

rows: -
"""
import os
import time


def run_all(task, count=10):
    started = time.perf_counter()
    pids = []
    for i in range(count):
        pid = os.fork()
        if pid == 0:
            task(i)
            return 0.0  # <- here
        pids.append(pid)
    for pid in pids:
        os.waitpid(pid, 0)
    return time.perf_counter() - started
