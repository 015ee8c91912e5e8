"""Asks for as many bytes as four bytes say, without making a number of them.

rows: -
breaks: returns-the-payload
"""

import struct
from socket import socket


def send_message(conn: socket, payload: bytes) -> None:
    conn.sendall(struct.pack("!I", len(payload)) + payload)


def receive_message(conn: socket) -> bytes | None:
    size = conn.recv(4)
    if not size:
        return None
    return conn.recv(size)  # <- here
