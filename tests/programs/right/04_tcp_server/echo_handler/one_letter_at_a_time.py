"""Answers each byte with a call of its own, and looks a byte up by its number."""

from socket import socket


def handle(conn: socket) -> None:
    try:
        for byte in iter(lambda: conn.recv(1), b""):
            number = byte[0]
            conn.sendall(bytes([number - 32]) if ord("a") <= number <= ord("z") else byte)
    except (ConnectionResetError, BrokenPipeError):
        pass
