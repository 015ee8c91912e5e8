"""Collects pieces until there are enough.

rows: 93
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        while True:
            said = b""
            while len(said) < 16:
                data = conn.recv(16 - len(said))  # <- here
                if not data:
                    break
                said += data
            if not said:
                return
            conn.sendall(said.upper())
    except ConnectionError:
        pass
