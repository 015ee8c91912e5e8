"""Waits for the thread that writes, which nobody tells that there will be nothing more to write.

rows: -
breaks: returns-at-the-end
"""

import queue
from socket import socket
from threading import Thread


def handle(conn: socket) -> None:
    answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()

    def write() -> None:
        try:
            while True:
                conn.sendall(answers.get())
        except OSError:
            pass

    writer = Thread(target=write, daemon=True)
    writer.start()
    try:
        while data := conn.recv(4096):
            answers.put(data.upper())
    except ConnectionError:
        return
    writer.join()  # <- here
