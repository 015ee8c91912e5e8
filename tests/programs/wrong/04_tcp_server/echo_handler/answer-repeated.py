"""Sends the answer twice.

rows: -
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        while data := conn.recv(4096):
            conn.sendall(data.upper())
            conn.sendall(data.upper())  # <- here
    except ConnectionError:
        pass
