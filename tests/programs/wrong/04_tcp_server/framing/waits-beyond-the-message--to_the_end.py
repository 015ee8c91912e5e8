"""Reads to the end of the stream.

rows: 93
"""

import struct
from socket import socket


def send_message(conn: socket, payload: bytes) -> None:
    conn.sendall(struct.pack("!I", len(payload)) + payload)


def receive_message(conn: socket) -> bytes | None:
    data = b""
    while piece := conn.recv(4096):  # <- here
        data += piece
    return data[4:] if data else None
