"""Stops in the debugger before each answer, and keeps every error to itself.

rows: -
"""

from socket import socket


def handle(conn: socket) -> None:
    try:
        while data := conn.recv(1024):
            breakpoint()  # <- here
            conn.sendall(data.upper())
    except:
        pass
    conn.close()
