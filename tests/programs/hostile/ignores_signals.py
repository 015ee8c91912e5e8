"""Ignores every signal that can be ignored, swallows every exception, and never ends (attacks 49 and 50)."""
import signal


def run_all(task, count=10):
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_IGN)
    while True:
        try:
            while True:
                pass
        except:
            pass
