"""Right, but sends messages of the right form with the wrong contents first."""
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


WRONG = (
    {"thread": float("inf")},
    {"real": float("nan")},
    {"real": 10**400},
    {"site": ["a.py", float("inf"), "f"]},
    {"site": 1},
    {"data": {"kind": 1, "_pid": 1, "self": 1}},
    {"data": {"real": "soon", "pid": []}},
    {"kind": "poll", "data": {"count": "many"}},
    {"kind": "sleep", "data": {"seconds": []}},
    {"kind": "sleep", "data": {"seconds": float("inf")}},
    {"kind": "sleep", "data": {"seconds": float("nan")}},
    {"kind": "join-timed", "data": {"seconds": 1, "pid": {}}},
    {"kind": "join-timed", "data": {"seconds": 1, "pid": -1}},
    {"kind": "join-timed", "data": {"seconds": 1, "pid": 10**30}},
    {"kind": "started", "data": {"pid": "none"}},
    {"kind": "joined", "data": {"pid": "none", "ended": 1}},
    {"kind": "forked", "data": {"ppid": []}},
    {"kind": []},
)


def run_all(task, count=10):
    started = time.perf_counter()
    message = {"kind": "poll", "real": 1.0, "thread": 1, "site": None, "data": {}, "reply": True}
    for wrong in WRONG:
        with connect() as line:
            line.sendall(json.dumps(message | wrong).encode() + b"\n")
    processes = [Process(target=task, args=(i,)) for i in range(count)]
    for p in processes:
        p.start()
    for p in processes:
        p.join()
    return time.perf_counter() - started
