"""Leaves the loop when nobody has come for a second.

rows: 96
"""
import socket
from multiprocessing import Process


def handle(conn):
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.upper())


def serve(host, port):
    listener = socket.create_server((host, port))
    listener.settimeout(1)
    while True:
        try:
            conn, _ = listener.accept()  # <- here
        except TimeoutError:
            break
        with conn:
            conn.settimeout(None)
            Process(target=handle, args=(conn,)).start()
