"""Does not wait for a client that reads slowly, and drops what it has no room for.

rows: 76
"""

import select
from socket import socket


def handle(conn: socket) -> None:
    conn.setblocking(False)
    try:
        while True:
            select.select([conn], [], [])
            data = conn.recv(4096)
            if not data:
                return
            try:
                conn.sendall(data.upper())  # <- here
            except BlockingIOError:
                pass
    except ConnectionError:
        pass
