"""Sends a text.

rows: 77
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        while data := conn.recv(4096):
            conn.sendall(data.decode().upper())  # <- here
    except ConnectionError:
        pass
