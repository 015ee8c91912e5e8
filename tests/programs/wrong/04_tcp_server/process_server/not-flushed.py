"""Writes to a file made from the connection, which keeps it back.

rows: 95
"""
import socket
from multiprocessing import Process


def handle(conn):
    with conn, conn.makefile("wb") as answers:
        while data := conn.recv(1024):
            answers.write(data.upper())  # <- here


def serve(host, port):
    listener = socket.create_server((host, port))
    while True:
        conn, _ = listener.accept()
        with conn:
            Process(target=handle, args=(conn,)).start()
