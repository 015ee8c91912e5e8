"""Takes the sign that ends the input in a terminal for the end of the stream.

rows: -
breaks: stays
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        while data := conn.recv(4096):
            if b"\x04" in data:
                break  # <- here
            conn.sendall(data.upper())
    except ConnectionError:
        pass
