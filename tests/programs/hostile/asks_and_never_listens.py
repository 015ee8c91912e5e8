"""Asks the checker thousands of questions, and reads none of the answers."""
import json
import os
import socket
import time


def run_all(task, count=10):
    question = {"kind": "poll", "real": time.monotonic(), "thread": 1, "site": None, "data": {}, "reply": True}
    line = socket.socket(socket.AF_UNIX)
    line.connect(json.loads(os.environ["CONC_CHECKER"])["address"].partition(":")[2])
    for _ in range(5000):
        line.sendall(json.dumps(question).encode() + b"\n")
    line.recv(1000)
    time.sleep(0.1)
    return 1.0
