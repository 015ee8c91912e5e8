"""Closes the connection after the first answer, and returns.

rows: -
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        data = conn.recv(4096)
        conn.sendall(data.upper())
    except ConnectionError:
        pass
    conn.close()  # <- here
