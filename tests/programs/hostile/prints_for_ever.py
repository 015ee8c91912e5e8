"""Prints without end (attack 57)."""


def run_all(task, count=10):
    while True:
        print("x" * 1000)
