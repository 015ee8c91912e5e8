"""Reads and writes text.

rows: 78
"""

from socket import socket


def handle(conn: socket) -> None:
    reader = conn.makefile("r", encoding="utf-8", newline="")  # <- here
    writer = conn.makefile("w", encoding="utf-8", newline="")
    try:
        while text := reader.read(1):
            writer.write(text.upper())
            writer.flush()
    except ConnectionError:
        pass
