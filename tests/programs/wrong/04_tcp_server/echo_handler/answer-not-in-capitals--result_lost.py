"""Calls upper(), which changes nothing in place, and drops its result.

rows: -
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        while data := conn.recv(4096):
            data.upper()
            conn.sendall(data)  # <- here
    except ConnectionError:
        pass
