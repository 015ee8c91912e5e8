"""Binds the port without SO_REUSEADDR.

rows: 81
breaks: same-port-again
"""
import socket
from multiprocessing import Process


def handle(conn):
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.upper())


def serve(host, port):
    listener = socket.socket()
    listener.bind((host, port))  # <- here
    listener.listen()
    while True:
        conn, _ = listener.accept()
        with conn:
            Process(target=handle, args=(conn,)).start()
