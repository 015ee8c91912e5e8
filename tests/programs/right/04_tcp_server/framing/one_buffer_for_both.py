"""Has a class for what is received, which fills a bytearray up to a mark, and unpacks where the bytes lie."""

import struct
from socket import socket


class _Inbox:
    def __init__(self, conn: socket) -> None:
        self.conn = conn
        self.bytes = bytearray()

    def fill(self, mark: int) -> bool:
        while len(self.bytes) < mark:
            piece = self.conn.recv(mark - len(self.bytes))
            if not piece:
                return False
            self.bytes.extend(piece)
        return True


def send_message(conn: socket, payload: bytes) -> None:
    message = bytearray(4 + len(payload))
    struct.pack_into(">L", message, 0, len(payload))
    message[4:] = payload
    view = memoryview(message)
    while view:
        view = view[conn.send(view) :]


def receive_message(conn: socket) -> bytes | None:
    inbox = _Inbox(conn)
    if inbox.fill(4):
        (size,) = struct.unpack_from(">L", inbox.bytes)
        if inbox.fill(4 + size):
            return bytes(inbox.bytes[4:])
    if inbox.bytes:
        raise EOFError(f"only {len(inbox.bytes)} bytes of a message")
    return None
