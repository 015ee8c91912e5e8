"""Starts three processes beforehand, each of which serves one client after the other.

rows: 87
"""
import socket
from multiprocessing import Process


def work(listener):
    while True:
        conn, _ = listener.accept()
        with conn:
            while data := conn.recv(1024):
                conn.sendall(data.upper())


def serve(host, port):
    listener = socket.create_server((host, port))
    workers = [Process(target=work, args=(listener,)) for _ in range(4)]  # <- here
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
