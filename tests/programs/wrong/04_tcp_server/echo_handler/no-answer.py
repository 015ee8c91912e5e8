"""Hands the answers to a thread through a queue, and drops what finds it full.

rows: -
breaks: nothing-lost, answers-to-the-end
"""

import queue
from socket import socket
from threading import Thread


def handle(conn: socket) -> None:
    answers: queue.Queue[bytes] = queue.Queue(4000)

    def write() -> None:
        try:
            while answer := answers.get():
                conn.sendall(answer)
        except OSError:
            while answers.get():
                pass

    writer = Thread(target=write)
    writer.start()
    try:
        while data := conn.recv(100):  # <- here
            if not answers.full():
                answers.put(data.upper())
    except ConnectionError:
        pass
    answers.put(b"")
    writer.join()
