"""Calls itself without end (attack 61)."""


def run_all(task, count=10):
    return run_all(task, count)
