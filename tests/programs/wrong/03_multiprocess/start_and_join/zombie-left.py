"""Learns of each end through a queue and never joins.

rows: 34
breaks: leaves-nothing
fails under: fork, spawn
"""
import time
from multiprocessing import Process, Queue


def worker(task, i, ended):
    try:
        task(i)
    finally:
        ended.put(i)


def run_all(task, count=10):
    started = time.perf_counter()
    ended = Queue()
    for i in range(count):
        process = Process(target=worker, args=(task, i, ended))
        process.start()
    for _ in range(count):
        ended.get()  # <- here
    return time.perf_counter() - started
