"""Misspells the method that makes capitals.

rows: -
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        while data := conn.recv(4096):
            conn.sendall(data.uper())  # <- here
    except ConnectionError:
        pass
