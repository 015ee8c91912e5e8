"""Puts the bytes into an f-string.

rows: 77
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        while data := conn.recv(4096):
            answer = f"{data.upper()}"  # <- here
            conn.sendall(answer.encode())
    except ConnectionError:
        pass
