"""Reads in pieces of a fixed size, and throws away what is too much.

rows: 74
"""

import struct
from socket import socket


def send_message(conn: socket, payload: bytes) -> None:
    conn.sendall(struct.pack("!I", len(payload)) + payload)


def _exactly(conn: socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        piece = conn.recv(size - len(data))
        if not piece:
            break
        data += piece
    return data


def receive_message(conn: socket) -> bytes | None:
    header = _exactly(conn, 4)
    if not header:
        return None
    if len(header) < 4:
        raise EOFError
    (size,) = struct.unpack("!I", header)
    payload = b""
    while len(payload) < size:
        piece = conn.recv(4096)  # <- here
        if not piece:
            raise EOFError
        payload += piece
    return payload[:size]
