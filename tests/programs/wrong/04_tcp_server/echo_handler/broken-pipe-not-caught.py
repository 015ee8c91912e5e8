"""Catches a reset, and not the error of writing to somebody who has gone.

rows: 90
breaks: broken-off
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        while data := conn.recv(4096):
            conn.sendall(data.upper())  # <- here
    except ConnectionResetError:
        pass
