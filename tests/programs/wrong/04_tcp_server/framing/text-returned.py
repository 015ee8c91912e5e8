"""Returns a text.

rows: 77
breaks: returns-the-payload
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


def receive_message(conn: socket) -> str | None:
    header = _exactly(conn, 4)
    if not header:
        return None
    (size,) = struct.unpack("!I", header)
    return _exactly(conn, size).decode()  # <- here
