"""Reads through a file without a buffer, which takes no more than it is asked for."""

import struct
from socket import socket


def send_message(conn: socket, payload: bytes) -> None:
    conn.sendall(struct.pack("!I", len(payload)) + payload)


def _read(conn: socket, size: int) -> bytes:
    data = b""
    with conn.makefile("rb", buffering=0) as file:
        while len(data) < size and (piece := file.read(size - len(data))):
            data += piece
    return data


def receive_message(conn: socket) -> bytes | None:
    header = _read(conn, 4)
    if not header:
        return None
    size = int.from_bytes(header, "big") if len(header) == 4 else -1
    payload = _read(conn, size)
    if len(payload) != size:
        raise EOFError
    return payload
