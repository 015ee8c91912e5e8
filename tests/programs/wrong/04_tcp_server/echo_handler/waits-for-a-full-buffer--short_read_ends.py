"""Takes a short read for the last one of a message: a message that fills the buffer has none.

rows: 93
breaks: at-once
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        while said := conn.recv(1024):
            while len(said) % 1024 == 0:
                said += conn.recv(1024)  # <- here
            conn.sendall(said.upper())
    except ConnectionError:
        pass
