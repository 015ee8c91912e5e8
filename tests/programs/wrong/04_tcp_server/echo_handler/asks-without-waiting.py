"""Does not wait for the client, and asks again and again.

rows: 73
breaks: waits-asleep
"""

from socket import socket


def handle(conn: socket) -> None:
    conn.setblocking(False)
    try:
        while True:
            try:
                data = conn.recv(4096)  # <- here
            except BlockingIOError:
                continue
            if not data:
                return
            conn.setblocking(True)
            conn.sendall(data.upper())
            conn.setblocking(False)
    except ConnectionError:
        pass
