"""Leaves out what is no text.

rows: 78
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        while data := conn.recv(4096):
            conn.sendall(data.decode("utf-8", "ignore").upper().encode())  # <- here
    except ConnectionError:
        pass
