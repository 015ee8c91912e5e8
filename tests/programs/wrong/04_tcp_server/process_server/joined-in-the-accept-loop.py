"""Waits for the process of a client before it accepts the next.

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
    while True:
        conn, _ = listener.accept()
        process = Process(target=handle, args=(conn,))
        process.start()
        conn.close()
        process.join()  # <- here
