"""Reads with a limit that is tried again; what has come so far is kept.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""


def send_message(conn, payload):
    conn.sendall(len(payload).to_bytes(4, "big") + payload)


def read(conn, size):
    found = bytearray()
    before = conn.gettimeout()
    conn.settimeout(0.5)
    try:
        while len(found) < size:
            try:
                part = conn.recv(size - len(found))
            except TimeoutError:
                continue
            if not part:
                break
            found += part
    finally:
        conn.settimeout(before)
    return bytes(found)


def receive_message(conn):
    head = read(conn, 4)
    if not head:
        return None
    if len(head) < 4:
        raise EOFError("in the middle of a length")
    size = int.from_bytes(head, "big")
    body = read(conn, size)
    if len(body) < size:
        raise EOFError("in the middle of a message")
    return body
