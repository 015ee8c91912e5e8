"""Lets a process talk to the client, and returns at once.

rows: -
"""

from multiprocessing import Process
from socket import socket


def _talk(conn: socket) -> None:
    try:
        while data := conn.recv(4096):
            conn.sendall(data.upper())
    except ConnectionError:
        pass


def handle(conn: socket) -> None:
    process = Process(target=_talk, args=(conn,))
    process.start()  # <- here
