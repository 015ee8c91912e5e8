"""Receives into one buffer and sends views of what came."""

from socket import socket


def handle(conn: socket) -> None:
    buffer = bytearray(65536)
    view = memoryview(buffer)
    try:
        while count := conn.recv_into(view):
            conn.sendall(bytes(view[:count]).upper())
    except (ConnectionResetError, BrokenPipeError):
        return
