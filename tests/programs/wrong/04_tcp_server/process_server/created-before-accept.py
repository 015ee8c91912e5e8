"""Starts processes without end, each of which is to accept a client.

rows: 87
"""
import socket
from multiprocessing import Process


def handle(listener):
    conn, _ = listener.accept()
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.upper())


def serve(host, port):
    listener = socket.create_server((host, port))
    while True:
        Process(target=handle, args=(listener,)).start()  # <- here
