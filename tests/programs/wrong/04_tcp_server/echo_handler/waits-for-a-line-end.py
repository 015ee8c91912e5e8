"""Reads a line, and so waits for its end.

rows: 93
breaks: at-once
"""

from socket import socket


def handle(conn: socket) -> None:
    with conn.makefile("rwb") as file:
        try:
            while line := file.readline():  # <- here
                file.write(line.upper())
                file.flush()
        except ConnectionError:
            pass
