"""Tells the checker of ten tasks, from ten connections of the main process (attack 32)."""
import json
import os
import socket
import threading
import time
from multiprocessing import Process


def connect():
    line = socket.socket(socket.AF_UNIX)
    line.connect(json.loads(os.environ["CONC_CHECKER"])["address"].partition(":")[2])
    return line


def send(line, kind, reply=False, **data):
    line.sendall(
        json.dumps(
            {
                "kind": kind,
                "real": time.monotonic(),
                "thread": threading.get_native_id(),
                "site": None,
                "data": data,
                "reply": reply,
            }
        ).encode()
        + b"\n"
    )
    return line.recv(65536) if reply else b""


def claim(i):
    line = connect()
    number = json.loads(send(line, "task", True, args=[i], stack=[], hold=True)).get("task")
    send(line, "task-end", True, task=number, failed=False)


def run_all(task, count=10):
    started = time.perf_counter()
    threads = [threading.Thread(target=claim, args=(i,)) for i in range(count)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return time.perf_counter() - started
