"""Looks at the first byte of what the client says, which may be nothing at all.

rows: -
breaks: returns-at-the-end
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        data = conn.recv(4096)
        print("the first byte is", data[0])  # <- here
        while data:
            conn.sendall(data.upper())
            data = conn.recv(4096)
    except ConnectionError:
        pass
