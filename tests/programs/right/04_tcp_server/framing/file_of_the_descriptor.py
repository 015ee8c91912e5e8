"""Reads and writes with the system's own calls, on the descriptor of the socket."""

import os
from socket import htonl, ntohl, socket


def send_message(conn: socket, payload: bytes) -> None:
    rest = htonl(len(payload)).to_bytes(4, "little") + payload
    while rest:
        rest = rest[os.write(conn.fileno(), rest) :]


def _exactly(conn: socket, size: int) -> bytes:
    found = bytearray()
    while len(found) < size:
        piece = os.read(conn.fileno(), size - len(found))
        if not piece:
            break
        found += piece
    return bytes(found)


def receive_message(conn: socket) -> bytes | None:
    header = _exactly(conn, 4)
    if not header:
        return None
    size = ntohl(int.from_bytes(header, "little"))
    payload = _exactly(conn, size) if len(header) == 4 else b""
    if len(header) != 4 or len(payload) != size:
        raise EOFError
    return payload
