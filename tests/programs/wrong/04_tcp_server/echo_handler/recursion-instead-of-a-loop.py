"""Calls itself for each piece, and so never comes back from any.

rows: -
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        data = conn.recv(100)
        if data:
            conn.sendall(data.upper())
            handle(conn)  # <- here
    except ConnectionError:
        pass
