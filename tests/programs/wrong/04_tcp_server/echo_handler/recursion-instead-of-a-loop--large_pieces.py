"""Calls itself for each piece; the pieces may be large, and still be many.

rows: -
breaks: nothing-lost
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        if data := conn.recv(1 << 20):
            conn.sendall(data.upper())
            return handle(conn)  # <- here
    except ConnectionError:
        pass
