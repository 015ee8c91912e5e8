"""Asks select() with a limit of 0 whether something has come, and asks again.

rows: -
breaks: waits-asleep
"""

import select
from socket import socket


def handle(conn: socket) -> None:
    try:
        while True:
            readable, _, _ = select.select([conn], [], [], 0)  # <- here
            if not readable:
                continue
            data = conn.recv(4096)
            if not data:
                break
            conn.sendall(data.upper())
    except ConnectionError:
        pass
