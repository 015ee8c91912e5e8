"""Writes to the descriptor, and does not look how much has been taken.

rows: 76
breaks: nothing-lost
"""

import os


def handle(conn):
    number = conn.fileno()
    try:
        while data := os.read(number, 4096):
            os.write(number, data.upper())  # <- here
    except ConnectionError:
        pass
