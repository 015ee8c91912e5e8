"""Ten idle processes stand about while the only worker does every task (attack 34)."""
import time
from multiprocessing import Process


def work(task, count):
    for i in range(count):
        task(i)


def run_all(task, count=10):
    started = time.perf_counter()
    decoys = [Process(target=time.sleep, args=(1000,), daemon=True) for _ in range(count)]
    for p in decoys:
        p.start()
    worker = Process(target=work, args=(task, count))
    worker.start()
    worker.join()
    for p in decoys:
        p.kill()
        p.join()
    return time.perf_counter() - started
