"""Returns None for whatever is empty.

rows: -
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
    (size,) = struct.unpack("!I", _exactly(conn, 4) or b"\0\0\0\0")
    return _exactly(conn, size) or None  # <- here
