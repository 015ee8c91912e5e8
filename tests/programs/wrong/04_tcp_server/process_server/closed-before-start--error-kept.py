"""Closes the connection too early, and the handler keeps the error to itself.

rows: 88
"""
import socket
from multiprocessing import Process


def handle(conn):
    try:
        while data := conn.recv(1024):
            conn.sendall(data.upper())
    except OSError:
        pass


def serve(host, port):
    listener = socket.create_server((host, port))
    while True:
        conn, _ = listener.accept()
        process = Process(target=handle, args=(conn,))
        conn.close()  # <- here
        process.start()
