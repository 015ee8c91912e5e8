"""Reads the connection like a file, to its end.

rows: 93, 94
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        with conn.makefile("rb") as file:
            said = file.read()  # <- here
        conn.sendall(said.upper())
    except ConnectionError:
        pass
