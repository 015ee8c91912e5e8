"""Each child notes its duration in a list that a manager keeps."""
import time
from multiprocessing import Manager, Process


def work(task, i, durations):
    begun = time.perf_counter()
    task(i)
    durations.append(time.perf_counter() - begun)


def run_all(task, count=10):
    with Manager() as manager:
        durations = manager.list()
        started = time.perf_counter()
        processes = [Process(target=work, args=(task, i, durations)) for i in range(count)]
        for process in processes:
            process.start()
        for process in processes:
            process.join()
        return time.perf_counter() - started
