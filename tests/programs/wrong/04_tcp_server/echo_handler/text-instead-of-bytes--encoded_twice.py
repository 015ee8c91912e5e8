"""Encodes what is bytes already.

rows: 77
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        while data := conn.recv(4096):
            conn.sendall(data.upper().encode())  # <- here
    except ConnectionError:
        pass
