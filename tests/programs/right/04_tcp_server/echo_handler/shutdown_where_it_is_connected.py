"""Ends the connection in good order where it still stands, and only asks for an address that it may not get."""

import contextlib
import socket


def handle(conn: socket.socket) -> None:
    name = "a client"
    with contextlib.suppress(OSError):
        name = str(conn.getpeername())
    try:
        while data := conn.recv(4096):
            conn.sendall(data.upper())
        conn.shutdown(socket.SHUT_WR)
    except OSError as error:
        print(f"{name}: {error}")
