"""Answers once and returns.

rows: -
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        data = conn.recv(4096)  # <- here
        conn.sendall(data.upper())
    except ConnectionError:
        pass
