"""Sends the whole buffer, also the part into which nothing was received.

rows: -
"""

from socket import socket


def handle(conn: socket) -> None:
    buffer = bytearray(64)
    try:
        while conn.recv_into(buffer):
            conn.sendall(buffer.upper())  # <- here
    except ConnectionError:
        pass
