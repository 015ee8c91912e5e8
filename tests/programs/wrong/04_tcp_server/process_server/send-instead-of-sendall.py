"""Sends with send() in the process of a client.

rows: 76
"""
import socket
from multiprocessing import Process


def handle(conn):
    try:
        with conn:
            while data := conn.recv(4096):
                conn.send(data.upper())  # <- here
    except ConnectionError:
        pass


def serve(host, port):
    with socket.create_server((host, port)) as listener:
        while True:
            conn, _ = listener.accept()
            with conn:
                Process(target=handle, args=(conn,)).start()
