"""Notices the end before a message, and not in its middle.

rows: 73
breaks: refuses-half-a-message
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
    header = _exactly(conn, 4)
    if not header:
        return None
    if len(header) < 4:
        raise EOFError
    (size,) = struct.unpack("!I", header)
    payload = bytearray()
    while len(payload) < size:
        payload += conn.recv(size - len(payload))  # <- here
    return bytes(payload)
