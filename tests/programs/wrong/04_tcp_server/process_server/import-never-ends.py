"""Calls serve at the left margin: whoever imports the file waits for ever.

rows: 48
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
        with conn:
            Process(target=handle, args=(conn,)).start()


serve("127.0.0.1", 0)  # <- here
