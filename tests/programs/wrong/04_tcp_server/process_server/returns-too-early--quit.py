"""Takes the word "quit" for the end of the talk.

rows: -
breaks: answers-as-handle-does
"""

import socket
from multiprocessing import Process


def _talk(conn):
    with conn:
        try:
            while data := conn.recv(4096):
                if data.strip() == b"quit":
                    break  # <- here
                conn.sendall(data.upper())
        except ConnectionError:
            pass


def serve(host, port):
    with socket.create_server((host, port)) as listener:
        while True:
            conn, _ = listener.accept()
            with conn:
                Process(target=_talk, args=(conn,)).start()
