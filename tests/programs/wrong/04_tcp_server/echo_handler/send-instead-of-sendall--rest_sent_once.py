"""Sends the rest, but only once.

rows: 76
breaks: nothing-lost
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        while data := conn.recv(4096):
            answer = data.upper()
            sent = conn.send(answer)
            if sent < len(answer):
                conn.send(answer[sent:])  # <- here
    except ConnectionError:
        pass
