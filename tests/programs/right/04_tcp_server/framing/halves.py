"""Calls itself for the two halves of what it has to read: never deeper than the size has digits."""

import struct
from socket import socket


def send_message(conn: socket, payload: bytes) -> None:
    conn.sendall(struct.pack("!I", len(payload)) + payload)


def _exactly(conn: socket, size: int) -> bytes:
    if size > 1024:
        first = _exactly(conn, size // 2)
        return first + _exactly(conn, size - size // 2) if len(first) == size // 2 else first
    data = b""
    while len(data) < size and (piece := conn.recv(size - len(data))):
        data += piece
    return data


def receive_message(conn: socket) -> bytes | None:
    header = _exactly(conn, 4)
    if not header:
        return None
    if len(header) < 4:
        raise EOFError
    (size,) = struct.unpack("!I", header)
    payload = _exactly(conn, size)
    if len(payload) < size:
        raise EOFError
    return payload
