"""Waits for the signal of a child's end, for two seconds at a time, and looks who it was.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import signal
import time
from multiprocessing import Process


def run_all(task, count=10):
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGCHLD])
    began = time.perf_counter()
    workers = [Process(target=task, args=(number,)) for number in range(count)]
    for worker in workers:
        worker.start()
    while any(worker.is_alive() for worker in workers):
        signal.sigtimedwait([signal.SIGCHLD], 0.4)
    for worker in workers:
        worker.join()
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGCHLD])
    return time.perf_counter() - began
