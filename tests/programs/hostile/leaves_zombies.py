"""Waits for its children and does not collect them (attack 55)."""
import os
import time


def run_all(task, count=10):
    started = time.perf_counter()
    children = []
    for i in range(count):
        pid = os.fork()
        if pid == 0:
            task(i)
            os._exit(0)
        children.append(pid)
    for pid in children:
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    return time.perf_counter() - started
