"""Writes to a file over the connection, whose buffer keeps the answer.

rows: 95
"""

from socket import socket


def handle(conn: socket) -> None:
    file = conn.makefile("wb")
    try:
        while data := conn.recv(4096):
            file.write(data.upper())  # <- here
    except ConnectionError:
        pass
