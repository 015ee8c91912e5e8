"""Looks at the length before it takes anything."""

import struct
from socket import MSG_PEEK, MSG_WAITALL, socket


def send_message(conn: socket, payload: bytes) -> None:
    conn.sendall(struct.pack("!I", len(payload)) + payload)


def receive_message(conn: socket) -> bytes | None:
    header = conn.recv(4, MSG_PEEK | MSG_WAITALL)
    if not header:
        return None
    if len(header) < 4:
        raise EOFError
    size = 4 + struct.unpack("!I", header)[0]
    message = b""
    while len(message) < size:
        piece = conn.recv(size - len(message))
        if not piece:
            raise EOFError
        message += piece
    return message[4:]
