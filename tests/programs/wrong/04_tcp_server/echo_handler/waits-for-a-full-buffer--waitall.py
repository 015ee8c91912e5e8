"""Lets recv() wait for all of its bytes.

rows: 93
"""

from socket import MSG_WAITALL, socket


def handle(conn: socket) -> None:
    try:
        while data := conn.recv(1024, MSG_WAITALL):  # <- here
            conn.sendall(data.upper())
    except ConnectionError:
        pass
