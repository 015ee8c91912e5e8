"""Asks in main who the client is; one that has left already ends the server.

rows: 91
breaks: broken-off
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
        name = conn.getpeername()  # <- here
        with conn:
            Process(target=handle, args=(conn,), name=f"client {name}").start()
