"""Receives into a buffer, and sends nothing for nothing, for ever.

rows: 73
"""

from socket import socket


def handle(conn: socket) -> None:
    buffer = bytearray(4096)
    while True:
        count = conn.recv_into(buffer)  # <- here
        conn.sendall(buffer[:count].upper())
