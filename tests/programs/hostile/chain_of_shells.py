"""A chain in which each shell starts the next and dies, 20,000 times, while main waits (attack 46)."""
import subprocess
import time

CHAIN = '[ "$1" -eq 0 ] || sh -c "$0" "$0" $(($1 - 1)) &'


def run_all(task, count=10):
    subprocess.Popen(["sh", "-c", CHAIN, CHAIN, "20000"])
    time.sleep(1000)
    return 1.0
