"""Takes a byte of the length that is a line end for the end of a line.

rows: 48
breaks: returns-the-payload
"""

import struct


def send_message(conn, payload):
    conn.sendall(struct.pack("!I", len(payload)) + payload)


def receive_exactly(conn, size):
    data = b""
    while len(data) < size:
        part = conn.recv(size - len(data))
        if not part:
            break
        data += part
    return data


def receive_message(conn):
    head = receive_exactly(conn, 4)
    if not head:
        return None
    if len(head) < 4:
        raise EOFError
    (size,) = struct.unpack("!I", head.replace(b"\n", b"\0"))
    data = receive_exactly(conn, size)
    if len(data) < size:
        raise EOFError
    return data  # <- here
