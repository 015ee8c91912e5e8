"""Asks for a new client without ever waiting for one.

breaks: waits-asleep
"""
import socket
from multiprocessing import Process


def handle(conn):
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.upper())


def serve(host, port):
    listener = socket.create_server((host, port))
    listener.setblocking(False)
    while True:
        try:
            conn, _ = listener.accept()  # <- here
        except BlockingIOError:
            continue
        with conn:
            conn.setblocking(True)
            Process(target=handle, args=(conn,)).start()
