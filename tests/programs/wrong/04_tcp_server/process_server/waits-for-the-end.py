"""Answers when everything has been said.

rows: 93
"""
import socket
from multiprocessing import Process


def handle(conn):
    with conn:
        said = b""
        while data := conn.recv(1024):  # <- here
            said += data
        conn.sendall(said.upper())


def serve(host, port):
    listener = socket.create_server((host, port))
    while True:
        conn, _ = listener.accept()
        with conn:
            Process(target=handle, args=(conn,)).start()
