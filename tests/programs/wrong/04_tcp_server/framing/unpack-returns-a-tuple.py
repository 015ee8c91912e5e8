"""Takes what unpack() returns for the number.

rows: -
breaks: returns-the-payload
"""

import struct
from socket import socket


def send_message(conn: socket, payload: bytes) -> None:
    conn.sendall(struct.pack("!I", len(payload)) + payload)


def receive_message(conn: socket) -> bytes | None:
    header = conn.recv(4)
    if not header:
        return None
    size = struct.unpack("!I", header)
    return conn.recv(size)  # <- here
