"""Tells half a message by an exception of its own, which is an EOFError."""

import struct


class CutOffError(EOFError):
    """The stream has ended in the middle of a message."""


def send_message(conn, payload):
    conn.sendall(struct.pack("!I", len(payload)) + payload)


def _exactly(conn, size):
    parts = []
    while size:
        part = conn.recv(min(size, 4096))
        if not part:
            raise CutOffError(f"{size} bytes are missing")
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def receive_message(conn):
    first = conn.recv(1)
    if not first:
        return None
    (size,) = struct.unpack("!I", first + _exactly(conn, 3))
    return _exactly(conn, size)
