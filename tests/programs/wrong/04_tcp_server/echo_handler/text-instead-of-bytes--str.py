"""Makes a text of the bytes with str(), and sends that.

rows: 77
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        while data := conn.recv(4096):
            conn.sendall(str(data).upper())  # <- here
    except ConnectionError:
        pass
