"""Adds a line end.

rows: -
breaks: nothing-else
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        while data := conn.recv(4096):
            conn.sendall(data.upper() + b"\n")  # <- here
    except ConnectionError:
        pass
