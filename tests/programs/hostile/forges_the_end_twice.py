"""Tells the checker that it is done before it has begun, so that what it leaves is not seen (attack 32)."""
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


def run_all(task, count=10):
    started = time.perf_counter()
    with connect() as line:
        send(line, "call-end", True, value={"type": "float", "plain": 1.0, "number": 1.0})
    for i in range(count):
        if os.fork() == 0:
            task(i)
            os._exit(0)
    os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
    return time.perf_counter() - started
