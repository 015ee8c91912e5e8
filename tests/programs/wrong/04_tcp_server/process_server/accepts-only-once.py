"""Accepts one client, and then serves only that one.

rows: 86
"""
import socket
from multiprocessing import Process


def handle(conn):
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.upper())


def serve(host, port):
    listener = socket.create_server((host, port))
    conn, _ = listener.accept()  # <- here
    process = Process(target=handle, args=(conn,))
    process.start()
    conn.close()
    process.join()
