"""Changes one character too many: what follows z in the ASCII table, {, becomes [.

rows: -
breaks: other-bytes-stay
"""

from socket import socket

CAPITALS = bytes(byte - 32 if 97 <= byte <= 123 else byte for byte in range(256))


def handle(conn: socket) -> None:  # <- here
    try:
        while data := conn.recv(4096):
            conn.sendall(data.translate(CAPITALS))
    except ConnectionError:
        pass
