"""Takes the address as one argument."""
import socket
from multiprocessing import Process


def handle(conn):
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.upper())


def serve(address):  # <- here
    listener = socket.create_server(address)
    while True:
        conn, _ = listener.accept()
        with conn:
            Process(target=handle, args=(conn,)).start()
