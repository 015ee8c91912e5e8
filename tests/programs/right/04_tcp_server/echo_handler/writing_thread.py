"""Hands the answers to a thread, and waits until all of them have been written."""

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

    writer = Thread(target=write)
    writer.start()
    try:
        while data := conn.recv(4096):
            answers.put(data.upper())
    except ConnectionError:
        pass
    answers.put(b"")
    writer.join()
