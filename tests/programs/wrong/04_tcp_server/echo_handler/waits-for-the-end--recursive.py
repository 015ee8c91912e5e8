"""Collects the pieces in a function that calls itself.

rows: 93, 94
"""

from socket import socket


def _all(conn: socket) -> bytes:
    data = conn.recv(4096)  # <- here
    return data + _all(conn) if data else b""


def handle(conn: socket) -> None:
    try:
        conn.sendall(_all(conn).upper())
    except ConnectionError:
        pass
