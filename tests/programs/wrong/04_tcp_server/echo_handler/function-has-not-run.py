"""Writes a coroutine: calling it only makes an object.

rows: -
"""


async def handle(conn):  # <- here
    while data := conn.recv(1024):
        conn.sendall(data.upper())
