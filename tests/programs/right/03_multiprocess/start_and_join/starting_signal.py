"""The processes wait for an event, which main sets when all are started."""
import time
from multiprocessing import Event, Process


def work(task, i, go):
    go.wait()
    task(i)


def run_all(task, count=10):
    started = time.perf_counter()
    go = Event()
    processes = []
    for i in range(count):
        process = Process(target=work, args=(task, i, go))
        process.start()
        processes.append(process)
    go.set()
    for process in processes:
        process.join()
    return time.perf_counter() - started
