"""Gives up when select() has waited for a while.

rows: -
"""

import select
from socket import socket


def handle(conn: socket) -> None:
    try:
        while select.select([conn], [], [], 0.2)[0]:  # <- here
            data = conn.recv(4096)
            if not data:
                return
            conn.sendall(data.upper())
    except ConnectionError:
        pass
