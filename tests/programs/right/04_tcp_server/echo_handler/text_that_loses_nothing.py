"""Goes by way of text, with an encoding that keeps each byte that it does not know."""

from socket import socket


def handle(conn: socket) -> None:
    try:
        while data := conn.recv(4096):
            text = data.decode("ascii", "surrogateescape")
            conn.sendall(text.upper().encode("ascii", "surrogateescape"))
    except ConnectionError:
        pass
