"""Serves the clients in an executor's threads.

rows: 24
"""
import socket
from concurrent.futures import ThreadPoolExecutor


def handle(conn):
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.upper())


def serve(host, port):
    listener = socket.create_server((host, port))
    with ThreadPoolExecutor(100) as executor:  # <- here
        while True:
            conn, _ = listener.accept()
            executor.submit(handle, conn)
