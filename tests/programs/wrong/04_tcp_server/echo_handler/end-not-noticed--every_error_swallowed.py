"""Takes whatever goes wrong, and the end as well, for something that will pass.

rows: 73
"""

from socket import socket


def handle(conn: socket) -> None:
    while True:
        try:
            conn.sendall(conn.recv(4096).upper())  # <- here
        except Exception:
            continue
