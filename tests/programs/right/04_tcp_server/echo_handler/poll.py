"""Waits in poll(), without a limit, and reads what there is."""

import select
from socket import socket


def handle(conn: socket) -> None:
    poll = select.poll()
    poll.register(conn, select.POLLIN)
    try:
        while True:
            for descriptor, _ in poll.poll():
                assert descriptor == conn.fileno()
                data = conn.recv(4096)
                if not data:
                    return
                conn.sendall(data.upper())
    except ConnectionError:
        return
