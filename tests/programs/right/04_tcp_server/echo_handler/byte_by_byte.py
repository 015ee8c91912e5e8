"""Reads and answers one byte at a time."""


def handle(conn):
    try:
        while byte := conn.recv(1):
            conn.sendall(byte.upper())
    except ConnectionError:
        pass
