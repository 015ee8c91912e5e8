"""Calls its function something else."""
import socket
from multiprocessing import Process


def handle(conn):  # <- here
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.upper())



def run_server(host, port):
    listener = socket.create_server((host, port))
    while True:
        conn, _ = listener.accept()
        with conn:
            Process(target=handle, args=(conn,)).start()
