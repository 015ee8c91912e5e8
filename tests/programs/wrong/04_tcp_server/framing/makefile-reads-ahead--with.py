"""Makes a file for the length, and another for the payload.

rows: 74
"""

import struct
from socket import socket


def send_message(conn: socket, payload: bytes) -> None:
    conn.sendall(struct.pack("!I", len(payload)) + payload)


def _read(conn: socket, size: int) -> bytes:
    with conn.makefile("rb") as file:  # <- here
        return file.read(size)


def receive_message(conn: socket) -> bytes | None:
    header = _read(conn, 4)
    if not header:
        return None
    (size,) = struct.unpack("!I", header)
    return _read(conn, size)
