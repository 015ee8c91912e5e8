"""Reads through a file without a buffer."""

from socket import socket


def handle(conn: socket) -> None:
    with conn.makefile("rb", buffering=0) as file:
        try:
            while data := file.read(1000):
                conn.sendall(data.upper())
        except OSError:
            return
