"""Takes None for what recv() returns at the end.

rows: 73
"""

from socket import socket


def handle(conn: socket) -> None:
    while (data := conn.recv(4096)) is not None:  # <- here
        conn.sendall(data.upper())
