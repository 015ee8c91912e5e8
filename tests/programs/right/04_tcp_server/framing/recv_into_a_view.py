"""Fills a buffer of the right size, and returns it as a bytearray would be too."""

import struct
from socket import socket


def send_message(conn: socket, payload: bytes) -> None:
    conn.sendall(struct.pack("!I", len(payload)) + payload)


def _fill(conn: socket, size: int) -> tuple[bytearray, int]:
    buffer = bytearray(size)
    view = memoryview(buffer)
    got = 0
    while got < size and (count := conn.recv_into(view[got:])):
        got += count
    return buffer, got


def receive_message(conn: socket) -> bytes | None:
    header, got = _fill(conn, 4)
    if got == 0:
        return None
    if got < 4:
        raise EOFError
    size = int.from_bytes(header, "big")
    payload, got = _fill(conn, size)
    if got < size:
        raise EOFError
    return bytes(payload)
