"""Submits each client to an executor with a fixed number of workers."""
import socket
from concurrent.futures import ProcessPoolExecutor


def handle(conn):
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.upper())


def serve(host, port):
    listener = socket.create_server((host, port))
    with ProcessPoolExecutor(max_workers=6) as executor:  # <- here
        connections = []
        while True:
            conn, _ = listener.accept()
            executor.submit(handle, conn)
            connections.append(conn)
