"""Reads the length in the order of this machine, and so asks for far too much.

rows: -
"""

import struct
from socket import socket


def send_message(conn: socket, payload: bytes) -> None:
    conn.sendall(struct.pack("!I", len(payload)) + payload)


def receive_message(conn: socket) -> bytes | None:
    header = conn.recv(4)
    if not header:
        return None
    size = struct.unpack("I", header)[0]  # <- here
    return conn.recv(size)
