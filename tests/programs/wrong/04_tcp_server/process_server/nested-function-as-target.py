"""The target is a function inside a function, which only fork can start.

rows: 50
breaks: each-start-method
fails under: spawn, forkserver
"""
import socket
from multiprocessing import Process


def serve(host, port):
    def handle(conn):  # <- here
        with conn:
            while data := conn.recv(1024):
                conn.sendall(data.upper())

    listener = socket.create_server((host, port))
    while True:
        conn, _ = listener.accept()
        with conn:
            Process(target=handle, args=(conn,)).start()
