"""Takes each byte for a letter of Latin-1, in which there are more capitals than in ASCII.

rows: 78
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        while data := conn.recv(4096):
            text = data.decode("latin-1")  # <- here
            conn.sendall(text.upper().encode("latin-1", "replace"))
    except ConnectionError:
        pass
