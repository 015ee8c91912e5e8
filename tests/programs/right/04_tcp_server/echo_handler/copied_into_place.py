"""Receives into a bytearray, changes it where it lies, and sends a view of it, as often as send() leaves a rest."""

from socket import socket


def handle(conn: socket) -> None:
    buffer = bytearray(2048)
    try:
        while (size := conn.recv_into(buffer, len(buffer))) > 0:
            buffer[:size] = buffer[:size].upper()
            rest = memoryview(buffer)[:size]
            while rest:
                rest = rest[conn.send(rest) :]
            rest.release()
    except ConnectionError:
        pass
