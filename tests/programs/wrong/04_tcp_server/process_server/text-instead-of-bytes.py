"""Turns the bytes into a text, and sends that.

rows: 77
"""
import socket
from multiprocessing import Process


def handle(conn):
    with conn:
        while data := conn.recv(1024):
            conn.sendall(data.decode().upper())  # <- here


def serve(host, port):
    listener = socket.create_server((host, port))
    while True:
        conn, _ = listener.accept()
        with conn:
            Process(target=handle, args=(conn,)).start()
