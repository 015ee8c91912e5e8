"""Lets one function raise, and looks at what it had."""

import struct
from socket import socket


def send_message(conn: socket, payload: bytes) -> None:
    conn.sendall(struct.pack("!I", len(payload)) + payload)


def _read(conn: socket, size: int, so_far: list[bytes]) -> bytes:
    while (missing := size - sum(map(len, so_far))) > 0:
        piece = conn.recv(missing)
        if not piece:
            raise EOFError(f"{missing} bytes are missing")
        so_far.append(piece)
    return b"".join(so_far)


def receive_message(conn: socket) -> bytes | None:
    header: list[bytes] = []
    try:
        (size,) = struct.unpack("!I", _read(conn, 4, header))
    except EOFError:
        if header:
            raise
        return None
    return _read(conn, size, [])
