"""Goes on reading when the client has left: recv() returns at once, again and again.

rows: 73
"""
import socket
from multiprocessing import Process


def handle(conn):
    while True:
        data = conn.recv(1024)  # <- here
        if not data:
            continue
        conn.sendall(data.upper())


def serve(host, port):
    listener = socket.create_server((host, port))
    while True:
        conn, _ = listener.accept()
        with conn:
            Process(target=handle, args=(conn,)).start()
