"""Reads the first message in main, and only then starts a process.

rows: 84
"""
import socket
from multiprocessing import Process


def handle(conn, data):
    with conn:
        while data:
            conn.sendall(data.upper())
            data = conn.recv(1024)


def serve(host, port):
    listener = socket.create_server((host, port))
    while True:
        conn, _ = listener.accept()
        with conn:
            data = conn.recv(1024)  # <- here
            Process(target=handle, args=(conn, data)).start()
