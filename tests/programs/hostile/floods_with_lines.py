"""Sends empty lines to the checker without end."""
import json
import os
import socket


def connect():
    line = socket.socket(socket.AF_UNIX)
    line.connect(json.loads(os.environ["CONC_CHECKER"])["address"].partition(":")[2])
    return line


def run_all(task, count=10):
    line = connect()
    while True:
        line.sendall(b"x\n" * 30_000)
