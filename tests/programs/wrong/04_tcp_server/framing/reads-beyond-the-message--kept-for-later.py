"""Reads as much as there is, and keeps what is too much in a global.

rows: 74
breaks: reads-no-further
"""
import struct

rest = b""


def send_message(conn, payload):
    conn.sendall(struct.pack("!I", len(payload)) + payload)


def take(conn, size):
    global rest
    while len(rest) < size:
        piece = conn.recv(4096)  # <- here
        if not piece:
            break
        rest += piece
    found, rest = rest[:size], rest[size:]
    return found


def receive_message(conn):
    header = take(conn, 4)
    if not header:
        return None
    if len(header) < 4:
        raise EOFError
    (size,) = struct.unpack("!I", header)
    payload = take(conn, size)
    if len(payload) < size:
        raise EOFError
    return payload
