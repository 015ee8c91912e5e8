"""Goes on reading at the end of the stream.

rows: 73
"""

import struct
from socket import socket


def send_message(conn: socket, payload: bytes) -> None:
    conn.sendall(struct.pack("!I", len(payload)) + payload)


def _exactly(conn: socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        data += conn.recv(size - len(data))  # <- here
    return data


def receive_message(conn: socket) -> bytes | None:
    (size,) = struct.unpack("!I", _exactly(conn, 4))
    return _exactly(conn, size)
