"""Receives as much as there is, and throws away what belongs to the next message.

rows: 74
"""

import struct
from socket import socket


def send_message(conn: socket, payload: bytes) -> None:
    conn.sendall(struct.pack("!I", len(payload)) + payload)


def receive_message(conn: socket) -> bytes | None:
    data = conn.recv(65536)  # <- here
    if not data:
        return None
    (size,) = struct.unpack("!I", data[:4])
    return data[4 : 4 + size]
