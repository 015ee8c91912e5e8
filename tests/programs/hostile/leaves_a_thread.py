"""Right, but for a thread that never ends and keeps the interpreter from ending."""
import threading
import time
from multiprocessing import Process


def run_all(task, count=10):
    started = time.perf_counter()
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for p in processes:
        p.start()
    for p in processes:
        p.join()
    threading.Thread(target=threading.Event().wait).start()
    return time.perf_counter() - started
