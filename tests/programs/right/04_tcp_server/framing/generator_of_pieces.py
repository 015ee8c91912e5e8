"""Goes through the pieces with a generator, and joins them; counts with arithmetic instead of struct."""

from collections.abc import Iterator
from socket import socket


def send_message(conn: socket, payload: bytes) -> None:
    size = len(payload)
    header = bytes([size >> 24, size >> 16 & 255, size >> 8 & 255, size & 255])
    conn.sendall(header)
    conn.sendall(payload)


def _pieces(conn: socket, missing: int) -> Iterator[bytes]:
    while missing:
        piece = conn.recv(min(missing, 16384))
        if not piece:
            return
        yield piece
        missing -= len(piece)


def receive_message(conn: socket) -> bytes | None:
    header = b"".join(_pieces(conn, 4))
    if header == b"":
        return None
    size = 0
    for byte in header:
        size = size << 8 | byte
    payload = bytearray().join(_pieces(conn, size if len(header) == 4 else 0))
    if len(header) < 4 or len(payload) < size:
        raise EOFError("half a message")
    return payload
