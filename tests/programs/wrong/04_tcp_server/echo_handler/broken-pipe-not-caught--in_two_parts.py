"""Sends in small parts, and does not expect that the second can fail where the first did not.

rows: 90
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        while data := conn.recv(65536):
            for start in range(0, len(data), 1024):
                conn.sendall(data[start : start + 1024].upper())  # <- here
    except ConnectionResetError:
        return
