"""Lets the error of a connection that was broken off out.

rows: 91
breaks: broken-off
"""

from socket import socket


def handle(conn: socket) -> None:
    while data := conn.recv(4096):  # <- here
        conn.sendall(data.upper())
