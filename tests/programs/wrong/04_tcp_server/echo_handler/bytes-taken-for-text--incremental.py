"""Waits for the second half of a letter.

rows: 78
breaks: other-bytes-stay
"""

import codecs
from socket import socket


def handle(conn: socket) -> None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while data := conn.recv(4096):
            text = decoder.decode(data)  # <- here
            conn.sendall(text.upper().encode())
    except ConnectionError:
        pass
