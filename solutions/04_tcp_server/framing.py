"""Kata 04, solved: messages over a stream of bytes."""

import struct
from socket import socket

_HEADER = struct.Struct("!I")  # four bytes, the highest first


def send_message(conn: socket, payload: bytes) -> None:
    """Send the length of the payload in four bytes, then the payload."""
    conn.sendall(_HEADER.pack(len(payload)) + payload)


def receive_message(conn: socket) -> bytes | None:
    """Return the payload of the next message; None at the end of the stream, EOFError in the middle of a message."""
    header = _read(conn, _HEADER.size)
    if not header:
        return None
    (size,) = _HEADER.unpack(_whole(header, _HEADER.size))
    return _whole(_read(conn, size), size)


def _read(conn: socket, size: int) -> bytes:
    """Read so many bytes, in as many pieces as they come; fewer only where the stream ends."""
    pieces: list[bytes] = []
    while size:
        piece = conn.recv(min(size, 65536))
        if not piece:
            break
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def _whole(data: bytes, size: int) -> bytes:
    if len(data) < size:
        raise EOFError(f"the connection ended {size - len(data)} bytes before the end of a message")
    return data
