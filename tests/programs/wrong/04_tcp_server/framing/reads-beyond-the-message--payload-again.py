"""Asks for the whole payload again, and not for what is missing.

rows: 74
breaks: reads-no-further
"""
import struct


def send_message(conn, payload):
    conn.sendall(struct.pack("!I", len(payload)) + payload)


def receive_message(conn):
    header = b""
    while len(header) < 4:
        piece = conn.recv(4 - len(header))
        if not piece:
            if header:
                raise EOFError("the stream has ended in the middle of a length")
            return None
        header += piece
    (size,) = struct.unpack("!I", header)
    payload = b""
    while len(payload) < size:
        piece = conn.recv(min(size, 4096))  # <- here
        if not piece:
            raise EOFError("the stream has ended in the middle of a message")
        payload += piece
    return payload
