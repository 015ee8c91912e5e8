"""Does not wait for room: keeps what was not taken, and sends it when there is, also after the last word."""

import selectors
from socket import socket


def handle(conn: socket) -> None:
    conn.setblocking(False)
    backlog, is_over = bytearray(), False
    with selectors.DefaultSelector() as selector:
        selector.register(conn, selectors.EVENT_READ)
        try:
            while not is_over or backlog:
                for _, mask in selector.select():
                    if mask & selectors.EVENT_READ:
                        data = conn.recv(4096)
                        is_over = not data
                        backlog += data.upper()
                    if mask & selectors.EVENT_WRITE:
                        del backlog[: conn.send(backlog)]
                events = (0 if is_over else selectors.EVENT_READ) | (selectors.EVENT_WRITE if backlog else 0)
                if events:
                    selector.modify(conn, events)
        except ConnectionError:
            pass
