"""Catches the error, and raises it again.

rows: 91
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        while data := conn.recv(4096):
            conn.sendall(data.upper())
    except ConnectionError as error:
        raise RuntimeError("the client has gone") from error  # <- here
