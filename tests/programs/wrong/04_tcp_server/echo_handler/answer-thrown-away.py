"""Closes with SO_LINGER and a time of 0, which throws away what is still under way.

rows: -
breaks: answers-to-the-end
"""

import socket
import struct


def handle(conn: socket.socket) -> None:
    conn.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # <- here
    try:
        while data := conn.recv(4096):
            conn.sendall(data.upper())
    except ConnectionError:
        pass
    conn.close()
