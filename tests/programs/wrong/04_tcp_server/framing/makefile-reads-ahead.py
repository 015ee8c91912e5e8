"""Makes a new file for each message; its buffer has already taken the next one.

rows: 74
"""

import struct
from socket import socket


def send_message(conn: socket, payload: bytes) -> None:
    conn.sendall(struct.pack("!I", len(payload)) + payload)


def receive_message(conn: socket) -> bytes | None:
    file = conn.makefile("rb")  # <- here
    header = file.read(4)
    if not header:
        return None
    if len(header) < 4:
        raise EOFError
    (size,) = struct.unpack("!I", header)
    payload = file.read(size)
    if len(payload) < size:
        raise EOFError
    return payload
