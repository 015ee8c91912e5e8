"""Accepts outside the loop: the loop starts processes for the same client.

rows: 86
"""
import socket
from multiprocessing import Process


def handle(conn):
    conn.sendall(conn.recv(1024).upper())


def serve(host, port):
    listener = socket.create_server((host, port))
    conn, _ = listener.accept()  # <- here
    while True:
        process = Process(target=handle, args=(conn,))
        process.start()
        process.join()
