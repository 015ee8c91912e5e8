"""Replaces what is no text by a question mark.

rows: 78
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        while data := conn.recv(4096):
            conn.sendall(data.decode(errors="replace").upper().encode())  # <- here
    except ConnectionError:
        pass
