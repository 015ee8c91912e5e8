"""The clients come out of a generator."""
import socket
from multiprocessing import Process


def handle(conn):
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.upper())


def clients(host, port):
    with socket.create_server((host, port)) as listener:
        while True:
            conn, address = listener.accept()
            with conn:
                yield conn


def serve(host, port):
    for conn in clients(host, port):
        Process(target=handle, args=[conn]).start()
