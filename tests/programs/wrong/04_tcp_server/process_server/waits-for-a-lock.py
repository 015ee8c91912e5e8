"""Has a lock for the processes, and each holds it as long as its client stays.

rows: -
"""

import socket
from multiprocessing import Lock, Process


def _talk(conn, lock):
    with lock:  # <- here
        with conn:
            try:
                while data := conn.recv(4096):
                    conn.sendall(data.upper())
            except ConnectionError:
                pass


def serve(host, port):
    lock = Lock()
    with socket.create_server((host, port)) as listener:
        while True:
            conn, _ = listener.accept()
            with conn:
                Process(target=_talk, args=(conn, lock)).start()
