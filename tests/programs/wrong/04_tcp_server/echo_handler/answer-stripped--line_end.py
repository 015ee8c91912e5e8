"""Cuts off the line end.

rows: -
breaks: other-bytes-stay
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        while data := conn.recv(4096):
            conn.sendall(data.upper().rstrip(b"\r\n\0"))  # <- here
    except ConnectionError:
        pass
