"""Uses subprocess.run, which returns only when the program has ended.

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
        job = pickle.dumps((task, i))
        subprocess.run([sys.executable, "-c", CHILD], input=job)  # <- here
    return time.perf_counter() - started
