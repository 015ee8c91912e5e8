"""Sends nothing where there is no payload.

rows: -
breaks: sends-an-empty-one
"""

import struct
from socket import socket


def send_message(conn: socket, payload: bytes) -> None:
    if payload:  # <- here
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
        raise EOFError("the stream has ended in the length of a message")
    (size,) = struct.unpack("!I", header)
    payload = _exactly(conn, size)
    if len(payload) < size:
        raise EOFError("the stream has ended in the middle of a message")
    return payload
