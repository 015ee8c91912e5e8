"""Does nothing, and ends with the exit code of success whatever came before (attacks 3 and 5)."""
import atexit
import os

atexit.register(os._exit, 0)


def run_all(task, count=10):
    return 1.0
