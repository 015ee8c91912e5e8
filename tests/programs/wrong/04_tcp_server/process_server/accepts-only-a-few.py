"""Takes the backlog for the largest number of clients, and accepts as many.

rows: 83
"""
import socket
from multiprocessing import Process


def handle(conn):
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.upper())


def serve(host, port):
    listener = socket.create_server((host, port), backlog=5)
    processes = []
    for _ in range(5):  # <- here
        conn, _ = listener.accept()
        with conn:
            processes.append(Process(target=handle, args=(conn,)))
            processes[-1].start()
    for process in processes:
        process.join()
