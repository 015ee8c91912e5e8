"""Prints the answer.

rows: -
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        while data := conn.recv(4096):
            print(data.upper())  # <- here
    except ConnectionError:
        pass
