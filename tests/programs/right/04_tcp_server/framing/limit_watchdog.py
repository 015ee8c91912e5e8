"""A timer that would only say that a message is long in coming.

mutants: none (how long a limit or a pause is, or what a heartbeat says, is nobody's business)
"""
import struct
import threading


def send_message(conn, payload):
    conn.sendall(struct.pack(">I", len(payload)) + payload)


def receive_message(conn):
    watchdog = threading.Timer(10, print, ("a slow message",))
    watchdog.daemon = True
    watchdog.start()
    try:
        head = read_all(conn, 4)
        if not head:
            return None
        if len(head) < 4:
            raise EOFError
        (size,) = struct.unpack(">I", head)
        body = read_all(conn, size)
        if len(body) < size:
            raise EOFError
        return body
    finally:
        watchdog.cancel()


def read_all(conn, size):
    data = b""
    while len(data) < size:
        part = conn.recv(size - len(data))
        if not part:
            break
        data += part
    return data
