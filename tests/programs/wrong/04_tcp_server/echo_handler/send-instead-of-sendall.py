"""Relies on send() to send everything.

rows: 76
breaks: nothing-lost
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        while data := conn.recv(4096):
            conn.send(data.upper())  # <- here
    except ConnectionError:
        pass
