"""Leaves the block that closes the connection before it starts the process.

rows: 88
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
        with conn:  # <- here
            process = Process(target=handle, args=(conn,))
        process.start()
