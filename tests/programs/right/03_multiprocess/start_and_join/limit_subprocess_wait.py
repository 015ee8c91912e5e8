"""Waits for each program for five seconds at a time.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import pickle
import subprocess
import sys
import time


CHILD = "import pickle, sys; task, number = pickle.load(sys.stdin.buffer); task(number)"



def run_all(task, count=10):
    began = time.perf_counter()
    children = []
    for number in range(count):
        child = subprocess.Popen([sys.executable, "-c", CHILD], stdin=subprocess.PIPE)
        child.stdin.write(pickle.dumps((task, number)))
        child.stdin.close()
        children.append(child)
    while children:
        try:
            children[-1].wait(timeout=5)
        except subprocess.TimeoutExpired as late:
            print(late)
        else:
            children.pop()
    return time.perf_counter() - began
