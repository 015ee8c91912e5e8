"""Relies on MSG_WAITALL, which waits for all, but not beyond the end.

rows: -
"""

import struct
from socket import MSG_WAITALL, socket


def send_message(conn: socket, payload: bytes) -> None:
    conn.sendall(struct.pack("!I", len(payload)) + payload)


def receive_message(conn: socket) -> bytes | None:
    header = conn.recv(4, MSG_WAITALL)
    if not header:
        return None
    if len(header) < 4:
        raise EOFError
    size = int.from_bytes(header, "big")
    return conn.recv(size, MSG_WAITALL) if size else b""  # <- here
