"""Greets its clients.

rows: -
"""
import socket
from multiprocessing import Process


def handle(conn):
    with conn:
        conn.sendall(b"Welcome!\n")  # <- here
        while data := conn.recv(4096):
            conn.sendall(data.upper())


def serve(host, port):
    with socket.create_server((host, port)) as listener:
        while True:
            conn, _ = listener.accept()
            with conn:
                Process(target=handle, args=(conn,)).start()
