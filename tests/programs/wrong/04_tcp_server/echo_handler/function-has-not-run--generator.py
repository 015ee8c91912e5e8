"""Yields the answers, and nobody asks for them.

rows: -
"""


def handle(conn):  # <- here
    while data := conn.recv(1024):
        yield data.upper()
