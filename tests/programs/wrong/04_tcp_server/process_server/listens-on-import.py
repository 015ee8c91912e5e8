"""Opens the listener at the left margin, and again in serve.

rows: 55
breaks: import-starts-nothing
"""
import socket
from multiprocessing import Process


listener = socket.create_server(("127.0.0.1", 0))  # <- here


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
