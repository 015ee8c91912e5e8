"""A child tells the checker that main has come back, and main never does (attack 32)."""
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


def come_back():
    with connect() as line:
        send(line, "call-end", True, value={"type": "float", "plain": 1.0, "number": 1.0})


def run_all(task, count=10):
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for p in processes:
        p.start()
    for p in processes:
        p.join()
    forger = Process(target=come_back)
    forger.start()
    forger.join()
    threading.Event().wait()
