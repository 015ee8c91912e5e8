"""Sets a time limit, and does not catch what it raises.

rows: -
"""

from socket import socket


def handle(conn: socket) -> None:
    conn.settimeout(0.2)  # <- here
    try:
        while data := conn.recv(4096):
            conn.sendall(data.upper())
    except ConnectionError:
        pass
