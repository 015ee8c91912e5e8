"""A thread computes in C without ever letting another thread run (attack 64)."""
import re
import threading


def run_all(task, count=10):
    thread = threading.Thread(target=re.match, args=("(a+)+$", "a" * 60 + "b"))
    thread.start()
    thread.join()
    return 1.0
