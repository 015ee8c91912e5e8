"""Closes the connection, but a file made from it keeps it open.

rows: 98
"""
import socket
from multiprocessing import Process


def handle(conn):
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.upper())


def serve(host, port):
    listener = socket.create_server((host, port))
    files = []
    while True:
        conn, _ = listener.accept()  # <- here
        files.append(conn.makefile("rb"))
        Process(target=handle, args=(conn,)).start()
        conn.close()
