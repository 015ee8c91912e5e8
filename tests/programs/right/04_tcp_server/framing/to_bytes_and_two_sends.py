"""Makes the length with to_bytes, and sends it and the payload one after the other."""

from socket import socket


def send_message(conn: socket, payload: bytes) -> None:
    conn.sendall(len(payload).to_bytes(4, "big"))
    conn.sendall(payload)


def receive_message(conn: socket) -> bytes | None:
    first = conn.recv(1)
    if not first:
        return None
    size = int.from_bytes(first + _whole(conn, 3), "big")
    return _whole(conn, size)


def _whole(conn: socket, size: int) -> bytes:
    pieces = []
    while size > 0:
        piece = conn.recv(size)
        if not piece:
            raise EOFError("the stream has ended in the middle of a message")
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)
