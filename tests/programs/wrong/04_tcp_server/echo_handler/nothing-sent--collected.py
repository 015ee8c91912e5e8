"""Collects the answers.

rows: -
"""

from socket import socket


def handle(conn: socket) -> None:
    answers = []
    try:
        while data := conn.recv(4096):
            answers.append(data.upper())  # <- here
    except ConnectionError:
        pass
