"""Returns only when the client says goodbye.

rows: 73
"""

from socket import socket


def handle(conn: socket) -> None:
    data = b""
    while data != b"over and out":
        data = conn.recv(4096)  # <- here
        conn.sendall(data.upper())
