"""Closes the connection after the first answer, and reads on.

rows: -
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        while data := conn.recv(4096):
            conn.sendall(data.upper())
            conn.close()  # <- here
    except ConnectionError:
        pass
