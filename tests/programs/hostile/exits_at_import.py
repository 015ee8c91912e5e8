"""Ends the interpreter during the import, with the exit code of success (attack 1)."""
import os

os._exit(0)


def run_all(task, count=10):
    return 1.0
