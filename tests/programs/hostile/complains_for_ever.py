"""Writes to stderr without end, by system calls (attack 57)."""
import os


def run_all(task, count=10):
    while True:
        os.write(2, b"x" * 65536)
