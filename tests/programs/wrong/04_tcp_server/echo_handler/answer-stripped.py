"""Strips blanks and line ends off.

rows: -
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        while data := conn.recv(4096):
            answer = data.strip().upper()  # <- here
            conn.sendall(answer)
    except ConnectionError:
        pass
