"""Waits for signals when its client has broken off, as if there were something to be saved.

rows: -
breaks: process-ends-with-its-client
"""

import signal
import socket
from multiprocessing import Process


def _talk(conn):
    with conn:
        try:
            while data := conn.recv(4096):
                conn.sendall(data.upper())
        except ConnectionError as error:
            conn.close()
            print(f"lost a client: {error}", flush=True)
            signal.pause()  # <- here


def serve(host, port):
    with socket.create_server((host, port)) as listener:
        while True:
            conn, _ = listener.accept()
            with conn:
                Process(target=_talk, args=(conn,)).start()
