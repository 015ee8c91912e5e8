"""Lets a thread talk to the client, and returns at once.

rows: -
breaks: stays, answers-to-the-end
"""

from socket import socket
from threading import Thread


def _talk(conn: socket) -> None:
    try:
        while data := conn.recv(4096):
            conn.sendall(data.upper())
    except ConnectionError:
        pass


def handle(conn: socket) -> None:
    Thread(target=_talk, args=(conn,)).start()  # <- here
