"""Lets recv() wait for all, and looks whether all has come."""

import struct
from socket import MSG_WAITALL, socket


def send_message(conn: socket, payload: bytes) -> None:
    conn.sendall(struct.pack("!I", len(payload)) + payload)


def receive_message(conn: socket) -> bytes | None:
    header = conn.recv(4, MSG_WAITALL)
    if not header:
        return None
    payload = conn.recv(size, MSG_WAITALL) if (size := _size(header)) else b""
    if len(payload) < size:
        raise EOFError(f"{size - len(payload)} bytes are missing")
    return payload


def _size(header: bytes) -> int:
    if len(header) < 4:
        raise EOFError("the length is cut off")
    return struct.unpack(">I", header)[0]
