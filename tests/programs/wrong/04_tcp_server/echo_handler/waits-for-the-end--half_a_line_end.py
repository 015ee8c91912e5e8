"""Waits for the other half when a piece ends with a carriage return.

rows: -
breaks: at-once
"""

from socket import socket


def handle(conn: socket) -> None:
    said = b""
    try:
        while piece := conn.recv(4096):  # <- here
            said += piece
            if said.endswith(b"\r"):
                continue
            conn.sendall(said.upper())
            said = b""
        conn.sendall(said.upper())
    except ConnectionError:
        pass
