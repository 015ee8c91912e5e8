"""Starts fifty-five processes beforehand, each for one client.

rows: 87
"""
import signal
import socket
from multiprocessing import Process


def work(listener):
    conn, _ = listener.accept()
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.upper())


def serve(host, port):
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    listener = socket.create_server((host, port))
    workers = [Process(target=work, args=(listener,)) for _ in range(55)]  # <- here
    for worker in workers:
        worker.start()
    while True:
        signal.pause()
