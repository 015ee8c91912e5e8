"""Reads what is missing by calling itself, once for each piece.

rows: -
breaks: in-any-pieces
"""

import struct
from socket import socket


def send_message(conn: socket, payload: bytes) -> None:
    conn.sendall(struct.pack("!I", len(payload)) + payload)


def _exactly(conn: socket, size: int) -> bytes:
    piece = conn.recv(size) if size else b""
    return piece + _exactly(conn, size - len(piece)) if piece else b""  # <- here


def receive_message(conn: socket) -> bytes | None:
    header = _exactly(conn, 4)
    if not header:
        return None
    if len(header) < 4:
        raise EOFError("the stream has ended in the length of a message")
    (size,) = struct.unpack("!I", header)
    payload = _exactly(conn, size)
    if len(payload) < size:
        raise EOFError("the stream has ended in the middle of a message")
    return payload
