"""Sends back what came, as it came.

rows: -
breaks: letters-become-capitals
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        while data := conn.recv(4096):
            conn.sendall(data)  # <- here
    except ConnectionError:
        pass
