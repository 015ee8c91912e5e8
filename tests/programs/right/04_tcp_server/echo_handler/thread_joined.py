"""Lets a thread talk to the client, and waits for it."""

from socket import socket
from threading import Thread


def _talk(conn: socket) -> None:
    try:
        while data := conn.recv(4096):
            conn.sendall(data.upper())
    except ConnectionError:
        pass


def handle(conn: socket) -> None:
    thread = Thread(target=_talk, args=(conn,))
    thread.start()
    thread.join()
