"""Ten children connect, hand their connections to main and die; main then tells of ten tasks (attack 32)."""
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


def hand_over(pipe):
    with connect() as line:
        socket.send_fds(pipe, [b"x"], [line.fileno()])
    os._exit(0)


def run_all(task, count=10):
    started = time.perf_counter()
    lines = []
    for _ in range(count):
        ours, theirs = socket.socketpair()
        pid = os.fork()
        if pid == 0:
            hand_over(theirs)
        _, numbers, _, _ = socket.recv_fds(ours, 1, 1)
        os.waitpid(pid, 0)
        lines.append(socket.socket(fileno=numbers[0]))
    threads = []
    for i, line in enumerate(lines):
        send(line, "task", False, args=[i], stack=[], hold=True)
    threads = [threading.Thread(target=line.recv, args=(1000,)) for line in lines]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return time.perf_counter() - started
