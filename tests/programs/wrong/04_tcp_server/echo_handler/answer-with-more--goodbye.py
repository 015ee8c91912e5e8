"""Says goodbye to a client that has said its last word.

rows: -
breaks: nothing-else
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        while data := conn.recv(4096):
            conn.sendall(data.upper())
        conn.sendall(b"BYE\r\n")  # <- here
    except ConnectionError:
        pass
