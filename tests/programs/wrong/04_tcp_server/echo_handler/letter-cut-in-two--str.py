"""Decodes each piece by itself, with str().

rows: 78
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        while data := conn.recv(4096):
            conn.sendall(str(data, "utf-8").upper().encode("utf-8"))  # <- here
    except ConnectionError:
        pass
