"""Reads single bytes, through iter()."""

import struct
from itertools import islice
from socket import socket


def send_message(conn: socket, payload: bytes) -> None:
    conn.sendall(struct.pack("!I", len(payload)) + payload)


def receive_message(conn: socket) -> bytes | None:
    stream = iter(lambda: conn.recv(1), b"")
    header = b"".join(islice(stream, 4))
    if not header:
        return None
    if len(header) < 4:
        raise EOFError
    (size,) = struct.unpack("!I", header)
    payload = b"".join(conn.recv(1) for _ in range(size))
    if len(payload) < size:
        raise EOFError
    return payload
