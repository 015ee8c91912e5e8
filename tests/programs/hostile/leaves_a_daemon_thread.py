"""Right, with a daemon thread that never ends: it ends with the interpreter."""
import threading
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    threading.Thread(target=threading.Event().wait, daemon=True).start()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for p in processes:
        p.start()
    for p in processes:
        p.join()
    return time.perf_counter() - started
