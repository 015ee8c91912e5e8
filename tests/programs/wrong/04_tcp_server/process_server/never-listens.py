"""Binds the address, and never calls listen()."""
import socket
from multiprocessing import Process


def handle(conn):
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.upper())


def serve(host, port):
    listener = socket.socket()
    listener.bind((host, port))
    while True:
        conn, _ = listener.accept()  # <- here
        with conn:
            Process(target=handle, args=(conn,)).start()
