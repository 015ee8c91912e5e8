"""Each child stops itself before its task (attack 48)."""
import os
import signal
from multiprocessing import Process


def stop(task, i):
    os.kill(os.getpid(), signal.SIGSTOP)
    task(i)


def run_all(task, count=10):
    processes = [Process(target=stop, args=(task, i)) for i in range(count)]
    for p in processes:
        p.start()
    for p in processes:
        p.join()
    return 1.0
