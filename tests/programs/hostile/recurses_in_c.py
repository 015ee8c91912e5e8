"""Calls itself without end, with no limit, until the stack is full (attack 61)."""
import sys

sys.setrecursionlimit(2**31 - 1)


class Endless:
    def __getattr__(self, name):
        return getattr(self, name + "x")


def run_all(task, count=10):
    return Endless().a
