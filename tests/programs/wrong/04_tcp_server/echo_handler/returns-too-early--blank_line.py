"""Takes a blank line for the end.

rows: -
breaks: stays
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        while data := conn.recv(4096):
            if not data.strip():
                return  # <- here
            conn.sendall(data.upper())
    except ConnectionError:
        pass
