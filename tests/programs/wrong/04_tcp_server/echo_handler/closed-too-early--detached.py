"""Hands its descriptor to another socket, which closes it after the first answer.

rows: -
"""

from socket import socket


def _answer(conn: socket) -> bool:
    with socket(fileno=conn.fileno()) as copy:  # <- here
        data = copy.recv(4096)
        copy.sendall(data.upper())
    return bool(data)


def handle(conn: socket) -> None:
    try:
        while _answer(conn):
            pass
    except ConnectionError:
        pass
