"""A fork bomb of shells, which carry no probe (attack 45); it stops growing by itself after seven generations."""
import subprocess

BOMB = "bomb() { [ $1 -eq 0 ] || { bomb $(($1 - 1)) & bomb $(($1 - 1)) & } ; sleep 60; }; bomb 7"


def run_all(task, count=10):
    subprocess.run(["sh", "-c", BOMB])
