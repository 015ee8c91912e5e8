"""Uses sendall() on a connection that does not wait: it gives up in the middle.

rows: 76
"""

import select
from socket import socket


def handle(conn: socket) -> None:
    conn.setblocking(False)
    try:
        while select.select([conn], [], []):
            data = conn.recv(4096)
            if not data:
                return
            conn.sendall(data.upper())  # <- here
    except ConnectionError:
        pass
