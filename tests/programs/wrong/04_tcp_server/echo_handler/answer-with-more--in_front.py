"""Puts words before the answer.

rows: -
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        while data := conn.recv(4096):
            answer = b"Echo: " + data.upper()
            conn.sendall(answer)  # <- here
    except ConnectionError:
        pass
