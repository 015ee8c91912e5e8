"""Goes through the lines of the connection.

rows: 93
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        for line in conn.makefile("rb"):  # <- here
            conn.sendall(line.upper())
    except ConnectionError:
        pass
