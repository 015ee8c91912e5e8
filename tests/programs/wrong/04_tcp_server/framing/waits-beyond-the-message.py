"""Waits for a line end that does not come.

rows: 74
"""

import struct
from socket import socket


def send_message(conn: socket, payload: bytes) -> None:
    conn.sendall(struct.pack("!I", len(payload)) + payload)


def receive_message(conn: socket) -> bytes | None:
    data = b""
    while not data.endswith(b"\n"):
        piece = conn.recv(1)  # <- here
        if not piece:
            return None
        data += piece
    return data[4:]
