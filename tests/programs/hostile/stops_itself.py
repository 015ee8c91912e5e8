"""Stops itself: no time-out inside the process would ever strike (attack 48)."""
import os
import signal


def run_all(task, count=10):
    os.kill(os.getpid(), signal.SIGSTOP)
