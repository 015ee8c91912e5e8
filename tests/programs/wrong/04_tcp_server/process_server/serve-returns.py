"""Leaves the accepting to a process, and returns."""
import socket
from multiprocessing import Process


def handle(conn):
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.upper())


def accept(listener):
    while True:
        conn, _ = listener.accept()
        with conn:
            Process(target=handle, args=(conn,)).start()


def serve(host, port):
    listener = socket.create_server((host, port))
    Process(target=accept, args=(listener,)).start()  # <- here
