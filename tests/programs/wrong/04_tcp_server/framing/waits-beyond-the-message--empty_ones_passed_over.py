"""Takes empty messages for signs of life, and goes on to the next one.

rows: -
breaks: returns-an-empty-one
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
    size = 0
    while not size:
        header = _exactly(conn, 4)  # <- here
        if not header:
            return None
        if len(header) < 4:
            raise EOFError("the stream has ended in the length of a message")
        (size,) = struct.unpack("!I", header)
    payload = _exactly(conn, size)
    if len(payload) < size:
        raise EOFError("the stream has ended in the middle of a message")
    return payload
