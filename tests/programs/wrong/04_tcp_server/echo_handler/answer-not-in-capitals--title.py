"""Puts only the first letter of each word into a capital.

rows: -
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        while data := conn.recv(4096):
            conn.sendall(data.title())  # <- here
    except ConnectionError:
        pass
