"""Decodes each piece by itself.

rows: 78
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        while data := conn.recv(4096):
            text = data.decode()  # <- here
            conn.sendall(text.upper().encode())
    except ConnectionError:
        pass
