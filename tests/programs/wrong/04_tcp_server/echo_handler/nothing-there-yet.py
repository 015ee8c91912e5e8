"""Reads from a connection that does not wait, without a wait of its own.

rows: -
"""


def handle(conn):
    conn.setblocking(False)
    try:
        while data := conn.recv(4096):  # <- here
            conn.sendall(data.upper())
    except ConnectionError:
        pass
