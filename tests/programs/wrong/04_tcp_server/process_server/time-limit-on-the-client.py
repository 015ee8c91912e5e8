"""Leaves a client that has been silent for two seconds.

rows: -
"""
import socket
from multiprocessing import Process


def handle(conn):
    conn.settimeout(2)  # <- here
    try:
        with conn:
            while data := conn.recv(4096):
                conn.sendall(data.upper())
    except OSError:
        pass


def serve(host, port):
    with socket.create_server((host, port)) as listener:
        while True:
            conn, _ = listener.accept()
            with conn:
                Process(target=handle, args=(conn,)).start()
