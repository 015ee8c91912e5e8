"""Starts an interpreter for each task and waits for it before the next.

rows: 1
"""
import pickle
import subprocess
import sys
import time

CHILD = "import pickle, sys; task, i = pickle.load(sys.stdin.buffer); task(i)"


def run_all(task, count=10):
    started = time.perf_counter()
    for i in range(count):
        child = subprocess.Popen([sys.executable, "-c", CHILD], stdin=subprocess.PIPE)
        child.stdin.write(pickle.dumps((task, i)))
        child.stdin.close()
        child.wait()  # <- here
    return time.perf_counter() - started
