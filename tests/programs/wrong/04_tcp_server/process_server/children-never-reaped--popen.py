"""Starts a program for each client and never waits for it.

rows: 92
"""
import os
import socket
import sys


ECHO = """
import socket, sys
conn = socket.socket(fileno=int(sys.argv[1]))
while data := conn.recv(1024):
    conn.sendall(data.upper())
"""


def serve(host, port):
    listener = socket.create_server((host, port))
    pids = []
    while True:
        conn, _ = listener.accept()
        fd = conn.fileno()
        os.set_inheritable(fd, True)
        command = [sys.executable, "-c", ECHO, str(fd)]
        pids.append(os.posix_spawn(sys.executable, command, os.environ))  # <- here
        conn.close()
