"""Joins all the processes that it has started, each time round the loop.

rows: 85
"""
import socket
from multiprocessing import Process


def handle(conn):
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.upper())


def serve(host, port):
    listener = socket.create_server((host, port))
    processes = []
    while True:
        conn, _ = listener.accept()
        with conn:
            processes.append(Process(target=handle, args=(conn,)))
            processes[-1].start()
        for process in processes:
            process.join()  # <- here
