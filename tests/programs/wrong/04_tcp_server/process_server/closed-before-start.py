"""Closes the connection before the process that needs it is started.

rows: 88
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
        conn.close()  # <- here
        process.start()
