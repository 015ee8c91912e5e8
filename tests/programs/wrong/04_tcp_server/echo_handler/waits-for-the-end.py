"""Reads everything before it answers.

rows: 93, 94
"""

from socket import socket


def handle(conn: socket) -> None:
    said = b""
    try:
        while data := conn.recv(4096):  # <- here
            said += data
        conn.sendall(said.upper())
    except ConnectionError:
        pass
