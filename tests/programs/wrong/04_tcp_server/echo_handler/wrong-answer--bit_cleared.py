"""Makes capitals by clearing a bit, and of ` { | } ~ other characters as well.

rows: -
breaks: other-bytes-stay
"""

from socket import socket


def handle(conn: socket) -> None:  # <- here
    try:
        while data := conn.recv(4096):
            conn.sendall(bytes(byte & 0xDF if 64 <= byte < 127 else byte for byte in data))
    except ConnectionError:
        pass
