"""Ends the connection in good order, also where the client has broken it off before.

rows: -
breaks: broken-off
"""

import socket


def handle(conn: socket.socket) -> None:
    try:
        while data := conn.recv(4096):
            conn.sendall(data.upper())
    except ConnectionError:
        pass
    finally:
        conn.shutdown(socket.SHUT_RDWR)  # <- here
        conn.close()
