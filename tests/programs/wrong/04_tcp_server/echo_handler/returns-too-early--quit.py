"""Takes the word "quit" for the end, as many examples do; here it is a word like all others.

rows: -
breaks: stays
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        while data := conn.recv(4096):
            if data.strip().lower() == b"quit":
                break  # <- here
            conn.sendall(data.upper())
    except ConnectionError:
        pass
