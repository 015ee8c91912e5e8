"""Asks waitpid again and again, without a pause, whether the child has ended.

rows: 27
breaks: waits-asleep
"""
import os
import time


def run_all(task, count=10):
    started = time.perf_counter()
    pids = []
    for i in range(count):
        pid = os.fork()
        if pid == 0:
            try:
                task(i)
            finally:
                os._exit(0)
        pids.append(pid)
    for pid in pids:
        while os.waitpid(pid, os.WNOHANG) == (0, 0):  # <- here
            pass
    return time.perf_counter() - started
