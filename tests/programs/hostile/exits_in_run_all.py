"""Ends the interpreter inside the function, with the exit code of success (attack 2)."""
import os


def run_all(task, count=10):
    os._exit(0)
