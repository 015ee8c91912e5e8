"""A small class that starts on entry and joins on exit of its with block."""
import time
from multiprocessing import Process


class Runner:
    def __init__(self, task, count):
        self.processes = [Process(target=task, args=(i,)) for i in range(count)]
        self.elapsed = 0.0

    def __enter__(self):
        self.started = time.monotonic()
        for process in self.processes:
            process.start()
        return self

    def __exit__(self, *error):
        for process in self.processes:
            process.join()
        self.elapsed = time.monotonic() - self.started


def run_all(task, count=10):
    with Runner(task, count) as runner:
        pass
    return runner.elapsed
