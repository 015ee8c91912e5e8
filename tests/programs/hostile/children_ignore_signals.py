"""Ten children ignore every signal and keep every processor busy for ever (attacks 49 and 50)."""
import signal
from multiprocessing import Process


def spin(i):
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_IGN)
    while True:
        pass


def run_all(task, count=10):
    processes = [Process(target=spin, args=(i,)) for i in range(count)]
    for p in processes:
        p.start()
    for p in processes:
        p.join()
    return 1.0
