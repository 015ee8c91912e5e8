"""Takes it for granted that a client sends ASCII.

rows: 78
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        while data := conn.recv(4096):
            conn.sendall(data.decode("ascii").upper().encode("ascii"))  # <- here
    except ConnectionError:
        pass
