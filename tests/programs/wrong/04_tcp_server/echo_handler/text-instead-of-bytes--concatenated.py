"""Adds a text to bytes.

rows: 77
"""

from socket import socket


def handle(conn: socket) -> None:
    answer = b""
    try:
        while data := conn.recv(4096):
            answer = "" + data.upper()  # <- here
            conn.sendall(answer)
    except ConnectionError:
        pass
