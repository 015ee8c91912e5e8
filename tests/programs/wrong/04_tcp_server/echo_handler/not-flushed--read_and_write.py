"""Reads and writes through one file.

rows: 95
"""

from socket import socket


def handle(conn: socket) -> None:
    with conn.makefile("rwb") as file:
        try:
            while data := file.read1():
                file.write(data.upper())  # <- here
        except ConnectionError:
            pass
