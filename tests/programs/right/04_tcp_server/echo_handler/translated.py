"""Makes capitals with a table of its own, and keeps a piece that is only blanks."""

from socket import socket
from string import ascii_lowercase, ascii_uppercase

CAPITALS = bytes.maketrans(ascii_lowercase.encode(), ascii_uppercase.encode())


def handle(conn: socket) -> None:
    try:
        while (data := conn.recv(4096)) != b"":
            conn.sendall(data.translate(CAPITALS))
    except ConnectionError:
        pass
