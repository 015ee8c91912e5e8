"""Asks select() with a short limit, again and again, and waits no longer in one go."""

import select
from socket import socket


def handle(conn: socket) -> None:
    try:
        while True:
            readable, _, _ = select.select([conn], [], [], 0.01)
            if not readable:
                continue
            data = conn.recv(4096)
            if not data:
                break
            conn.sendall(data.upper())
    except ConnectionError:
        pass
