"""Answers with all that has been said so far.

rows: -
"""

from socket import socket


def handle(conn: socket) -> None:
    said = b""
    try:
        while data := conn.recv(4096):
            said += data
            conn.sendall(said.upper())  # <- here
    except ConnectionError:
        pass
