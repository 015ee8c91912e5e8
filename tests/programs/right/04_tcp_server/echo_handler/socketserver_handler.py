"""Uses the handler of the standard library."""

import socketserver
from socket import socket


class _Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        try:
            while data := self.request.recv(4096):
                self.wfile.write(data.upper())
        except ConnectionError:
            pass


def handle(conn: socket) -> None:
    _Handler(conn, conn.getpeername(), None)
