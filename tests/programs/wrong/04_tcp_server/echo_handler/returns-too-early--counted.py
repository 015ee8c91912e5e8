"""Talks for a hundred pieces, which looked like more than enough.

rows: -
breaks: stays
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        for _ in range(100):
            data = conn.recv(65536)
            if not data:
                break  # <- here
            conn.sendall(data.upper())
    except ConnectionError:
        pass
