"""Closes the connection at the end of a with block inside the loop.

rows: -
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        while True:
            with conn:  # <- here
                data = conn.recv(4096)
                if not data:
                    return
                conn.sendall(data.upper())
    except ConnectionError:
        pass
