"""Closes with SO_LINGER and a time that is not 0: close() then waits until all has arrived."""

import socket
import struct


def handle(conn: socket.socket) -> None:
    conn.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 5))
    try:
        while data := conn.recv(4096):
            conn.sendall(data.upper())
    except ConnectionError:
        pass
