"""Waits with select() for three seconds at a time before each read.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import select
import struct


def send_message(conn, payload):
    conn.sendall(struct.pack("!I", len(payload)))
    conn.sendall(payload)


def receive_exactly(conn, size):
    parts = []
    while size:
        while not select.select([conn], [], [], 3)[0]:
            pass
        part = conn.recv(min(size, 65536))
        if not part:
            break
        parts.append(part)
        size -= len(part)
    return b"".join(parts), size


def receive_message(conn):
    head, missing = receive_exactly(conn, 4)
    if missing == 4:
        return None
    if missing:
        raise EOFError(f"{missing} bytes of the length are missing")
    body, missing = receive_exactly(conn, struct.unpack("!I", head)[0])
    if missing:
        raise EOFError(f"{missing} bytes are missing")
    return body
