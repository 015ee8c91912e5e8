"""Skips an empty read and reads on: at the end of the stream there is nothing else any more.

rows: 73
"""

from socket import socket


def handle(conn: socket) -> None:
    while True:
        data = conn.recv(4096)  # <- here
        if not data:
            continue
        conn.sendall(data.upper())
