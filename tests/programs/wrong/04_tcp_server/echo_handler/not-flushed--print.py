"""Prints into a text file over the connection.

rows: 95
"""

from socket import socket


def handle(conn: socket) -> None:
    out = conn.makefile("w", encoding="latin-1", newline="")
    try:
        while data := conn.recv(4096):
            print(data.upper().decode("latin-1"), end="", file=out)  # <- here
    except ConnectionError:
        pass
