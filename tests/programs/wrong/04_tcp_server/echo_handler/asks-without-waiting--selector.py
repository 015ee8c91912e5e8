"""Goes round a selector that is not allowed to wait.

rows: -
breaks: waits-asleep
"""

import selectors
from socket import socket


def handle(conn: socket) -> None:
    with selectors.DefaultSelector() as selector:
        selector.register(conn, selectors.EVENT_READ)
        try:
            while True:
                for _ in selector.select(timeout=0):  # <- here
                    data = conn.recv(4096)
                    if not data:
                        return
                    conn.sendall(data.upper())
        except ConnectionError:
            pass
