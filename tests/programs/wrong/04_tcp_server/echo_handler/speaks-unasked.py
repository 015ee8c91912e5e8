"""Greets the client.

rows: -
breaks: nothing-else
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        conn.sendall(b"WELCOME\n")  # <- here
        while data := conn.recv(4096):
            conn.sendall(data.upper())
    except ConnectionError:
        pass
