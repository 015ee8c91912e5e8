"""Waits for the first word outside of the try: a client that breaks off before it is not noticed there.

rows: -
breaks: broken-off
"""

from socket import socket


def handle(conn: socket) -> None:
    data = conn.recv(4096)  # <- here
    try:
        while data:
            conn.sendall(data.upper())
            data = conn.recv(4096)
    except ConnectionError:
        pass
