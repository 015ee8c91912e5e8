"""Takes fewer than four bytes for the end of the stream.

rows: 75
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
    header = conn.recv(4)  # <- here
    if not header:
        return None
    if len(header) != 4:
        raise EOFError("half a message")
    (size,) = struct.unpack("!I", header)
    return _exactly(conn, size)
