"""Starts a Python program for each client and hands it the connection."""
import socket
import subprocess
import sys


ECHO = """
import socket, sys
conn = socket.socket(fileno=int(sys.argv[1]))
while data := conn.recv(1024):
    conn.sendall(data.upper())
"""


def serve(host, port):
    listener = socket.create_server((host, port))
    running = []
    while True:
        conn, _ = listener.accept()
        fd = conn.fileno()
        running = [p for p in running if p.poll() is None]
        running.append(subprocess.Popen([sys.executable, "-c", ECHO, str(fd)], pass_fds=[fd]))
        conn.close()
