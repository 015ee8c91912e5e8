"""Forks, and waits for the child before the next client may come in.

rows: 85
"""
import os
import socket


def handle(conn):
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.upper())


def serve(host, port):
    listener = socket.create_server((host, port))
    while True:
        conn, _ = listener.accept()
        pid = os.fork()
        if pid == 0:
            handle(conn)
            os._exit(0)
        conn.close()
        os.waitpid(pid, 0)  # <- here
