"""Takes a short read for the end.

rows: -
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        while data := conn.recv(4096):
            conn.sendall(data.upper())
            if len(data) < 4096:
                break  # <- here
    except ConnectionError:
        pass
