"""Answers once, and hangs up."""
import socket
from multiprocessing import Process


def handle(conn):
    with conn:
        data = conn.recv(1024)  # <- here
        conn.sendall(data.upper())


def serve(host, port):
    listener = socket.create_server((host, port))
    while True:
        conn, _ = listener.accept()
        with conn:
            Process(target=handle, args=(conn,)).start()
