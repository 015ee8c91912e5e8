"""Leaves the writing to a thread, and does not wait until that has written all.

rows: -
breaks: answers-to-the-end
"""

import queue
from socket import socket
from threading import Thread


def handle(conn: socket) -> None:
    answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()

    def write() -> None:
        try:
            while answer := answers.get():
                conn.sendall(answer)
        except OSError:
            pass

    Thread(target=write).start()  # <- here
    try:
        while data := conn.recv(4096):
            answers.put(data.upper())
    except ConnectionError:
        pass
    answers.put(b"")
