"""Closes with SO_LINGER and a time of 0: what a late reader has not fetched yet is thrown away.

rows: -
breaks: sees-the-end
"""

import socket
import struct
from multiprocessing import Process


def _talk(conn):
    conn.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # <- here
    with conn:
        try:
            while data := conn.recv(4096):
                conn.sendall(data.upper())
        except ConnectionError:
            pass


def serve(host, port):
    with socket.create_server((host, port)) as listener:
        while True:
            conn, _ = listener.accept()
            with conn:
                Process(target=_talk, args=(conn,)).start()
