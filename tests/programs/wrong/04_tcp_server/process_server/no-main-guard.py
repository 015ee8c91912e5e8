"""Starts the server when the module is imported.

rows: 48
breaks: import-starts-nothing
"""
import socket
from multiprocessing import Process


def handle(conn):
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.upper())


def serve(host, port):
    listener = socket.create_server((host, port))
    while True:
        conn, _ = listener.accept()
        with conn:
            Process(target=handle, args=(conn,)).start()


Process(target=serve, args=("127.0.0.1", 0), daemon=True).start()  # <- here
