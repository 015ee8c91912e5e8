"""Kills the process that started it by a shell, which carries no probe (attack 42), and leaves processes about."""
import os
import subprocess
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    for i in range(count):
        Process(target=task, args=(i,)).start()
    subprocess.Popen(["sleep", "1000"], start_new_session=True)
    subprocess.Popen(["sleep", "1000"], start_new_session=True, env={})
    subprocess.run(["sh", "-c", f"kill -9 {os.getppid()}"])
    return time.perf_counter() - started
