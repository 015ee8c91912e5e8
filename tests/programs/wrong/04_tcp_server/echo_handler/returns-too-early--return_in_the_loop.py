"""Returns in the first round of its loop.

rows: -
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        while True:
            data = conn.recv(4096)
            conn.sendall(data.upper())
            return  # <- here
    except ConnectionError:
        pass
