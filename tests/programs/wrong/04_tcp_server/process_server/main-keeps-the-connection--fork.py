"""Forks, and closes the connection only in the child.

rows: 79
"""
import os
import signal
import socket


def handle(conn):
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.upper())


def reap(signum, frame):
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def serve(host, port):
    signal.signal(signal.SIGCHLD, reap)
    listener = socket.create_server((host, port))
    while True:
        conn, _ = listener.accept()  # <- here
        if os.fork() == 0:
            listener.close()
            handle(conn)
            os._exit(0)
