"""Reads two bytes at a time, and so may wait for the second.

rows: 93
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        with conn.makefile("rb") as file:
            while data := file.read(2):  # <- here
                conn.sendall(data.upper())
    except ConnectionError:
        pass
