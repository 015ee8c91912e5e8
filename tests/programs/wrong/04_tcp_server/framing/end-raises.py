"""Raises EOFError also where the stream may end.

rows: -
breaks: none-at-the-end
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
            raise EOFError("the connection has ended")  # <- here
        data += piece
    return data


def receive_message(conn: socket) -> bytes | None:
    (size,) = struct.unpack("!I", _exactly(conn, 4))
    return _exactly(conn, size)
