"""Counts the letters with range("a", "z"), which ends before z: that one stays small.

rows: -
breaks: letters-become-capitals
"""

from socket import socket

SMALL = range(ord("a"), ord("z"))


def handle(conn: socket) -> None:
    try:
        while data := conn.recv(4096):
            conn.sendall(bytes(byte - 32 if byte in SMALL else byte for byte in data))  # <- here
    except ConnectionError:
        pass
