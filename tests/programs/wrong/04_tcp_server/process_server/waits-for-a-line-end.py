"""Reads whole lines, though nobody has said that there are any.

rows: 93
"""
import socket
from multiprocessing import Process


def handle(conn):
    with conn, conn.makefile("rb") as lines:
        while line := lines.readline():  # <- here
            conn.sendall(line.upper())


def serve(host, port):
    listener = socket.create_server((host, port))
    while True:
        conn, _ = listener.accept()
        with conn:
            Process(target=handle, args=(conn,)).start()
