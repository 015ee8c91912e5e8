"""Sends messages of the right form to the checker without end."""
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
    line = connect()
    while True:
        send(line, "poll", count=1)
