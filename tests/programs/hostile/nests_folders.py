"""Makes a folder inside a folder, three thousand deep (attack 63)."""
import os


def run_all(task, count=10):
    for _ in range(3000):
        os.mkdir("d")
        os.chdir("d")
    return 1.0
