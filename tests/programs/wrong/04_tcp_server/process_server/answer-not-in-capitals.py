"""Sends back what it has got, as it is."""
import socket
from multiprocessing import Process


def handle(conn):
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data)  # <- here


def serve(host, port):
    listener = socket.create_server((host, port))
    while True:
        conn, _ = listener.accept()
        with conn:
            Process(target=handle, args=(conn,)).start()
