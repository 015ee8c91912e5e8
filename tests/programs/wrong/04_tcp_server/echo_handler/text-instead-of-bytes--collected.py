"""Collects bytes in a text.

rows: 77
"""

from socket import socket


def handle(conn: socket) -> None:
    said = ""
    try:
        while data := conn.recv(4096):
            said += data  # <- here
            conn.sendall(said.upper().encode())
            said = ""
    except ConnectionError:
        pass
