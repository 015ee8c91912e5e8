"""Asks for whole blocks as long as a message is larger than one, and throws away what is too much of the last.

rows: 74
breaks: reads-no-further
"""

import struct
from socket import socket

BLOCK = 8192


def send_message(conn: socket, payload: bytes) -> None:
    conn.sendall(struct.pack("!I", len(payload)) + payload)


def _exactly(conn: socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        piece = conn.recv(BLOCK if size > BLOCK else size - len(data))  # <- here
        if not piece:
            break
        data += piece
    return data[:size]


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
