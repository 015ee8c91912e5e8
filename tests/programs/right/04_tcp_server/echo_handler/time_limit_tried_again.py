"""Wakes up now and then, and goes on waiting."""

from socket import socket


def handle(conn: socket) -> None:
    try:
        while True:
            conn.settimeout(0.2)
            try:
                data = conn.recv(4096)
            except TimeoutError:
                continue
            conn.settimeout(None)
            if not data:
                return
            conn.sendall(data.upper())
    except ConnectionError:
        return
