"""Leaves the block that closes the listener before the loop that accepts.

rows: 89
"""
import socket
from multiprocessing import Process


def handle(conn):
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.upper())


def serve(host, port):
    with socket.create_server((host, port)) as listener:  # <- here
        listener.listen()
    while True:
        conn, _ = listener.accept()
        with conn:
            Process(target=handle, args=(conn,)).start()
