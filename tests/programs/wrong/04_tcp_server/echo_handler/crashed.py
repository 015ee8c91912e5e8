"""Catches the error of a client that has gone, and makes a mistake there.

rows: -
"""


def handle(conn):
    try:
        while data := conn.recv(4096):
            conn.sendall(data.upper())
    except ConnectionError as error:
        logger.info("the client has left: %s", error)  # <- here
