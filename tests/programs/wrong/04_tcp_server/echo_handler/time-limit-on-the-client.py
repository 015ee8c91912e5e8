"""Takes a client that is silent for a while for one that has left.

rows: -
"""

from socket import socket


def handle(conn: socket) -> None:
    conn.settimeout(0.2)  # <- here
    try:
        while data := conn.recv(4096):
            conn.sendall(data.upper())
    except (ConnectionError, TimeoutError):
        pass
