"""Compares the bytes with an empty text: the two are never equal.

rows: 73, 77
"""

from socket import socket


def handle(conn: socket) -> None:
    while True:
        data = conn.recv(4096)  # <- here
        if data == "":
            return
        conn.sendall(data.upper())
