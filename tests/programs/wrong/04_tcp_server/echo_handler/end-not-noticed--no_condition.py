"""Never asks whether anything came.

rows: 73
"""

from socket import socket


def handle(conn: socket) -> None:
    while True:
        data = conn.recv(4096)  # <- here
        conn.sendall(data.upper())
