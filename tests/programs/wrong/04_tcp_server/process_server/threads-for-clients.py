"""Serves each client in a thread of the main process.

rows: 24
"""
import socket
from threading import Thread


def handle(conn):
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.upper())


def serve(host, port):
    listener = socket.create_server((host, port))
    while True:
        conn, _ = listener.accept()
        Thread(target=handle, args=(conn,), daemon=True).start()  # <- here
