"""Catches the error only where it reads.

rows: 91
breaks: broken-off
"""

from socket import socket


def handle(conn: socket) -> None:
    while True:
        try:
            data = conn.recv(4096)
        except ConnectionError:
            return
        if not data:
            return
        conn.sendall(data.upper())  # <- here
