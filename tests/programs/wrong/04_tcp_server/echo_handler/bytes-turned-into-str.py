"""Makes a text of the bytes with str(): that is how they look in a program, quotation marks and all.

rows: 77
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        while data := conn.recv(4096):
            conn.sendall(str(data).upper().encode())  # <- here
    except ConnectionError:
        pass
