"""Makes room for the whole message first, and returns it also where only a part has come: the rest is zeros.

rows: -
breaks: refuses-half-a-message
"""

import struct
from socket import socket


def send_message(conn: socket, payload: bytes) -> None:
    conn.sendall(struct.pack("!I", len(payload)) + payload)


def _fill(conn: socket, view: memoryview) -> int:
    filled = 0
    while filled < len(view) and (count := conn.recv_into(view[filled:])):
        filled += count
    return filled


def receive_message(conn: socket) -> bytes | None:
    header = bytearray(4)
    filled = _fill(conn, memoryview(header))
    if not filled:
        return None
    if filled < 4:
        raise EOFError("the stream has ended in the length of a message")
    payload = bytearray(int.from_bytes(header, "big"))
    _fill(conn, memoryview(payload))
    return bytes(payload)  # <- here
