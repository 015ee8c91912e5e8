"""Closes the listener instead of the connection in the main process.

rows: 89
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
        Process(target=handle, args=(conn,)).start()
        listener.close()  # <- here
