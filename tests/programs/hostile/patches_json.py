"""Lets every message be an empty one (attack 30)."""
import time
from multiprocessing import Process

import json

json.dumps = lambda *args, **keywords: "{}"
json.loads = lambda *args, **keywords: {}


def run_all(task, count=10):
    started = time.perf_counter()
    for i in range(count):
        p = Process(target=task, args=(i,))
        p.start()
        p.join()
    return time.perf_counter() - started
