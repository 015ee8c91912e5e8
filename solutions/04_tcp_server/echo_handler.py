"""Kata 04, solved: talk to one client until it leaves."""

from socket import socket


def handle(conn: socket) -> None:
    """Send back in capitals what the client sends, until it leaves or breaks the connection off."""
    try:
        # recv() waits for at least one byte; nothing at all means that the client will send no more.
        while data := conn.recv(4096):
            conn.sendall(data.upper())
    except ConnectionError:
        pass  # it has left without a word: there is nobody to tell
