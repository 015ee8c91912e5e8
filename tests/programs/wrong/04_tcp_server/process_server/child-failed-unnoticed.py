"""The child asks the connection for something that it does not have."""
import socket
from multiprocessing import Process


def handle(conn):
    while data := conn.read(1024):  # <- here
        conn.sendall(data.upper())


def serve(host, port):
    listener = socket.create_server((host, port))
    while True:
        conn, _ = listener.accept()
        with conn:
            Process(target=handle, args=(conn,)).start()
