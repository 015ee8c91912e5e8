"""Closes the connection in the loop; reading on fails without end, and nobody looks.

rows: -
"""

from socket import socket


def handle(conn: socket) -> None:
    while True:
        try:
            data = conn.recv(4096)
            if not data:
                return
            conn.sendall(data.upper())
            conn.close()  # <- here
        except OSError:
            continue
