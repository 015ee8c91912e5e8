"""Reads and answers in one line, once.

rows: -
"""

from socket import socket


def handle(conn: socket) -> None:
    conn.sendall(conn.recv(4096).upper())  # <- here
