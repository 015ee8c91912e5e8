"""Keeps the connection in an object."""

from socket import socket


class Conversation:
    """A talk with one client."""

    def __init__(self, conn: socket) -> None:
        self.conn = conn

    def __iter__(self):
        while data := self.conn.recv(2048):
            yield data

    def run(self) -> None:
        try:
            for data in self:
                self.conn.sendall(data.upper())
        except ConnectionError:
            pass


def handle(conn: socket) -> None:
    Conversation(conn).run()
