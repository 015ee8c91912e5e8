"""Waits a fifth of a second for a client, and lets the error end its process.

rows: -
"""
import socket
from multiprocessing import Process


def handle(conn):
    conn.settimeout(0.2)  # <- here
    with conn:
        while data := conn.recv(4096):
            conn.sendall(data.upper())


def serve(host, port):
    with socket.create_server((host, port)) as listener:
        while True:
            conn, _ = listener.accept()
            with conn:
                Process(target=handle, args=(conn,)).start()
