"""Goes through the pieces up to the empty one."""

import contextlib
from socket import socket


def handle(conn: socket) -> None:
    with contextlib.suppress(ConnectionError):
        for data in iter(lambda: conn.recv(1024), b""):
            conn.sendall(data.upper())
