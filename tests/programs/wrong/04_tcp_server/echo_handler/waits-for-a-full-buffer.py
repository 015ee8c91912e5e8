"""Reads so many bytes, and waits until they are there.

rows: 93
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        with conn.makefile("rb") as file:
            while data := file.read(1024):  # <- here
                conn.sendall(data.upper())
    except ConnectionError:
        pass
