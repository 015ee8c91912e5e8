"""Writes to a file without a buffer, which is no more than send().

rows: 76
"""

from socket import socket


def handle(conn: socket) -> None:
    file = conn.makefile("wb", buffering=0)
    try:
        while data := conn.recv(4096):
            file.write(data.upper())  # <- here
    except ConnectionError:
        pass
