"""Returns the answer.

rows: -
"""

from socket import socket


def handle(conn: socket) -> bytes:
    data = conn.recv(4096)
    return data.upper()  # <- here
