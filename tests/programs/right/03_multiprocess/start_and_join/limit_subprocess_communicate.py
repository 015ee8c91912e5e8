"""Reads what each program says, with a limit that is tried again.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import pickle
import subprocess
import sys
import time


CHILD = "import pickle, sys; task, number = pickle.load(sys.stdin.buffer); task(number)"



def ended(child):
    while True:
        try:
            return child.communicate(timeout=3)
        except subprocess.TimeoutExpired:
            continue


def run_all(task, count=10):
    began = time.perf_counter()
    children = []
    for number in range(count):
        child = subprocess.Popen([sys.executable, "-c", CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        child.stdin.write(pickle.dumps((task, number)))
        child.stdin.flush()
        children.append(child)
    for child in children:
        ended(child)
    return time.perf_counter() - began
