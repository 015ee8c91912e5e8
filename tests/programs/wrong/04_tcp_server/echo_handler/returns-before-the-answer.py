"""Keeps what finds no room in a buffer, and when the client has said its last word, sends of that what it can.

rows: -
breaks: answers-to-the-end
"""

import selectors
from socket import socket


def handle(conn: socket) -> None:
    conn.setblocking(False)
    backlog = b""
    with selectors.DefaultSelector() as selector:
        selector.register(conn, selectors.EVENT_READ)
        try:
            while True:
                for _, mask in selector.select():
                    if mask & selectors.EVENT_READ:
                        data = conn.recv(4096)
                        if not data:
                            if backlog:
                                conn.send(backlog)
                            return  # <- here
                        backlog += data.upper()
                    if mask & selectors.EVENT_WRITE:
                        backlog = backlog[conn.send(backlog) :]
                events = selectors.EVENT_READ | (selectors.EVENT_WRITE if backlog else 0)
                selector.modify(conn, events)
        except (BlockingIOError, ConnectionError):
            pass
