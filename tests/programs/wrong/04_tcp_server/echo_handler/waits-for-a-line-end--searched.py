"""Collects pieces until there is a line end.

rows: 93
"""

from socket import socket


def handle(conn: socket) -> None:
    said = b""
    try:
        while data := conn.recv(4096):  # <- here
            said += data
            if b"\n" in said:
                conn.sendall(said.upper())
                said = b""
    except ConnectionError:
        pass
