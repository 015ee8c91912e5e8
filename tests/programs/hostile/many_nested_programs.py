"""Right: each of 25 processes starts a program that carries no probe; 51 live at once, which is within the cap."""
import subprocess
import time
from multiprocessing import Process


def work(task, i):
    program = subprocess.Popen(["cat"], stdin=subprocess.PIPE)
    if i < 10:
        task(i)
    program.communicate()


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=work, args=(task, i)) for i in range(25)]
    for p in processes:
        p.start()
    for p in processes:
        p.join()
    return time.perf_counter() - started
