"""Catches only one of the errors with which a connection may break off.

rows: 91
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        while data := conn.recv(4096):  # <- here
            conn.sendall(data.upper())
    except BrokenPipeError:
        pass
