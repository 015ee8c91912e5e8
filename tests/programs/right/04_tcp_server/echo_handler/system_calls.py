"""Uses the descriptor itself."""

import os
from socket import socket


def handle(conn: socket) -> None:
    number = conn.fileno()
    try:
        while data := os.read(number, 4096):
            answer = data.upper()
            while answer:
                answer = answer[os.write(number, answer) :]
    except ConnectionError:
        pass
