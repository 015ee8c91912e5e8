"""Main's copy lives until the variable is assigned again, when the next client comes.

rows: 79
breaks: main-keeps-no-copy
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
        conn, address = listener.accept()  # <- here
        Process(target=handle, args=(conn,)).start()
