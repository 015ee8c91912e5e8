"""Asks a selector, which names the connection as readable for ever once it has ended.

rows: 73
"""

import selectors
from socket import socket


def handle(conn: socket) -> None:
    with selectors.DefaultSelector() as selector:
        selector.register(conn, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                data = key.fileobj.recv(4096)  # <- here
                if data:
                    conn.sendall(data.upper())
