"""Never waits but in a selector, for both directions."""

import contextlib
import selectors
from socket import socket


def handle(conn: socket) -> None:
    conn.setblocking(False)
    waiting = bytearray()
    has_ended = False
    with selectors.DefaultSelector() as selector, contextlib.suppress(ConnectionError):
        selector.register(conn, selectors.EVENT_READ)
        while not has_ended or waiting:
            for _, mask in selector.select():
                if mask & selectors.EVENT_READ:
                    data = conn.recv(65536)
                    has_ended = not data
                    waiting += data.upper()
                if mask & selectors.EVENT_WRITE:
                    del waiting[: conn.send(waiting)]
            wanted = 0 if has_ended else selectors.EVENT_READ
            if waiting:
                wanted |= selectors.EVENT_WRITE
            if wanted:
                selector.modify(conn, wanted)
